// The inner loops against what they are to compute, and every adjoint against its forward: ⟨A x, y⟩ = ⟨x, Aᵀ
// y⟩.
#include "featurevis/kernels/kernels.h"

#include <algorithm>
#include <cmath>

#include "featurevis/random.h"
#include "featurevis/transforms.h"
#include "support/catch.h"

namespace tessera::test::kernels_test {

using namespace tessera::featurevis;

namespace {

std::vector<float> noise(std::size_t count, Random& random) {
  std::vector<float> values(count);
  for (float& value : values) value = random.normal();
  return values;
}

double inner(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += double(a[i]) * b[i];
  return sum;
}

double length(const std::vector<float>& a) { return std::sqrt(inner(a, a)); }

}  // namespace

TEST_CASE("colours are the sigmoid of the correlated planes, times opacity", "[featurevis]") {
  const double column_norm = .46195238;  // of (.26, .27, .27)
  const double mix[3][3] = {{.26, .09, .02}, {.27, 0, -.05}, {.27, -.09, .03}};
  CHECK(std::sqrt(.26 * .26 + 2 * .27 * .27) == tessera::test::Approx(column_norm).epsilon(1e-6));
  Random random(1);
  for (const kernels::Set& set : kernels::available()) {
    INFO(set.name);
    constexpr std::size_t pixels = 37;
    std::vector<float> planes = noise(4 * pixels, random);
    for (float& value : planes) value *= 4;
    planes[0] = 300;  // saturates without becoming no number
    planes[pixels] = planes[2 * pixels] = 300;
    std::vector<float> straight(4 * pixels);
    std::vector<float> canvas(4 * pixels);
    for (const bool alpha : {false, true}) {
      set.develop(planes.data(), pixels, alpha, straight.data(), canvas.data());
      for (std::size_t i = 0; i < pixels; ++i) {
        const double opacity = alpha ? 1 / (1 + std::exp(-double(planes[3 * pixels + i]))) : 1;
        CHECK(straight[3 * pixels + i] == tessera::test::Approx(opacity).epsilon(1e-5));
        for (std::size_t k = 0; k < 3; ++k) {
          double t = 0;
          for (std::size_t c = 0; c < 3; ++c) t += mix[k][c] / column_norm * planes[c * pixels + i];
          const double colour = 1 / (1 + std::exp(-t));
          CHECK(straight[k * pixels + i] == tessera::test::Approx(colour).epsilon(1e-4).margin(1e-12));
          CHECK(canvas[4 * i + k] == tessera::test::Approx(colour * opacity).epsilon(1e-4).margin(1e-12));
        }
        CHECK(canvas[4 * i + 3] == straight[3 * pixels + i]);
      }
    }
  }
}

TEST_CASE("the gradient of colours agrees with finite differences", "[featurevis]") {
  Random random(2);
  constexpr std::size_t pixels = 19;
  for (const kernels::Set& set : kernels::available())
    for (const bool alpha : {false, true}) {
      INFO(set.name << (alpha ? " with opacity" : ""));
      const std::vector<float> planes = noise(4 * pixels, random);
      const std::vector<float> weights = noise(4 * pixels, random);
      const auto value = [&](const std::vector<float>& at) {
        std::vector<float> straight(4 * pixels);
        std::vector<float> canvas(4 * pixels);
        set.develop(at.data(), pixels, alpha, straight.data(), canvas.data());
        return inner(canvas, weights);
      };
      std::vector<float> straight(4 * pixels);
      std::vector<float> canvas(4 * pixels);
      std::vector<float> gradient(4 * pixels);
      set.develop(planes.data(), pixels, alpha, straight.data(), canvas.data());
      set.undevelop(straight.data(), weights.data(), pixels, alpha, gradient.data());
      for (std::size_t i = 0; i < (alpha ? 4 : 3) * pixels; i += 5) {
        std::vector<float> up = planes;
        std::vector<float> down = planes;
        up[i] += .01f;
        down[i] -= .01f;
        CHECK(gradient[i] ==
              tessera::test::Approx((value(up) - value(down)) / .02).epsilon(.01).margin(1e-4));
      }
    }
}

TEST_CASE("a place just before the end is inside, however it is rounded", "[featurevis]") {
  for (const kernels::Set& set : kernels::available()) {
    INFO(set.name);
    for (const int size : {16, 32, 96, 128}) {
      // One pixel more than there are, which must be neither read nor written.
      const std::size_t values = 4 * std::size_t(size) * std::size_t(size);
      std::vector<float> canvas(values + 4, 1.f), back(values + 4, 0.f);
      for (std::size_t i = values; i < values + 4; ++i) canvas[i] = NAN, back[i] = -7;
      kernels::Affine map{};
      map.x0 = map.y0 = std::nextafter(float(size), 0.f);
      std::vector<float> out(4), gradient(4, 1.f);
      set.warp(canvas.data(), size, map, 1, 1, out.data());
      set.unwarp(gradient.data(), size, map, 1, 1, back.data());
      for (const float value : out) CHECK(std::abs(value) < 1e-4);
      for (std::size_t i = values; i < values + 4; ++i) CHECK(back[i] == -7);
    }
  }
}

TEST_CASE("a warp takes pixels where the map says, zero outside, and its adjoint gives them back",
          "[featurevis]") {
  Random random(3);
  constexpr int size = 12;
  for (const kernels::Set& set : kernels::available()) {
    INFO(set.name);
    const std::vector<float> canvas = noise(4 * size * size, random);
    // Half a pixel to the right, from outside the left edge to outside the right one.
    kernels::Affine shift;
    shift.x0 = -2.5f;
    std::vector<float> out(4 * (size + 5) * size);
    set.warp(canvas.data(), size, shift, size + 5, size, out.data());
    const auto at = [&](int x, int y) { return out[4 * std::size_t(y * (size + 5) + x)]; };
    const auto pixel = [&](int x, int y) {
      return x < 0 || x >= size ? 0 : canvas[4 * std::size_t(y * size + x)];
    };
    for (int y = 0; y < size; ++y)
      for (int x = 0; x < size + 5; ++x)
        CHECK(at(x, y) == tessera::test::Approx(.5 * pixel(x - 3, y) + .5 * pixel(x - 2, y)).margin(1e-6));

    const kernels::Affine map = to_affine({3, -2, 1.1, 7, 1, -1}, size, size + 5, size + 3);
    std::vector<float> there(4 * (size + 5) * (size + 3));
    set.warp(canvas.data(), size, map, size + 5, size + 3, there.data());
    const std::vector<float> weights = noise(there.size(), random);
    std::vector<float> back(canvas.size());
    set.unwarp(weights.data(), size, map, size + 5, size + 3, back.data());
    CHECK(inner(there, weights) == tessera::test::Approx(inner(canvas, back)).epsilon(1e-5));
  }
}

TEST_CASE("a depthwise convolution and its adjoint agree with their definition", "[featurevis]") {
  Random random(4);
  for (const kernels::Set& set : kernels::available())
    for (const int kernel : {1, 3, 5})
      for (const int stride : {1, 2})
        for (const int zeros : {0, 1, 2})
          for (const int channels : {1, 6, 8, 21, 40}) {
            INFO(set.name << ", kernel " << kernel << ", stride " << stride << ", zeros " << zeros << ", "
                          << channels << " channels");
            kernels::Depthwise of;
            of.height = 11;
            of.width = 9;
            of.channels = channels;
            of.kernel = kernel;
            of.stride = stride;
            of.top = of.left = std::min(zeros, kernel / 2);
            of.out_height = (of.height + 2 * of.top - kernel) / stride + 1;
            of.out_width = (of.width + of.left + kernel / 2 - kernel) / stride + 1;
            const auto weights = noise(std::size_t(kernel * kernel * channels), random);
            const auto bias = noise(std::size_t(channels), random);
            of.weights = weights.data();
            of.bias = bias.data();
            const auto in = noise(std::size_t(of.height * of.width * channels), random);
            std::vector<float> out(std::size_t(of.out_height * of.out_width * channels), -99);
            set.depthwise(of, in.data(), out.data(), 0, 2);
            set.depthwise(of, in.data(), out.data(), 2, of.out_height);
            std::vector<float> linear = out;
            double worst = 0;
            for (int y = 0; y < of.out_height; ++y)
              for (int x = 0; x < of.out_width; ++x)
                for (int c = 0; c < channels; ++c) {
                  double sum = bias[std::size_t(c)];
                  for (int down = 0; down < kernel; ++down)
                    for (int right = 0; right < kernel; ++right) {
                      const int row = y * stride - of.top + down;
                      const int column = x * stride - of.left + right;
                      if (row < 0 || row >= of.height || column < 0 || column >= of.width) continue;
                      sum += double(weights[std::size_t((down * kernel + right) * channels + c)]) *
                             in[std::size_t((row * of.width + column) * channels + c)];
                    }
                  const std::size_t at = std::size_t((y * of.out_width + x) * channels + c);
                  worst = std::max(worst, std::abs(sum - double(out[at])));
                  linear[at] -= bias[std::size_t(c)];
                }
            CHECK(worst < 1e-5);
            const auto gradient = noise(out.size(), random);
            std::vector<float> back(in.size(), -99);
            set.undepthwise(of, gradient.data(), back.data(), 0, 3);
            set.undepthwise(of, gradient.data(), back.data(), 3, of.height);
            CHECK(std::abs(inner(linear, gradient) - inner(in, back)) < 1e-5 * length(in) * length(back));
            of.low = -.1f;
            of.high = .2f;
            std::vector<float> clamped(out.size());
            set.depthwise(of, in.data(), clamped.data(), 0, of.out_height);
            for (std::size_t i = 0; i < out.size(); ++i) CHECK(clamped[i] == std::clamp(out[i], -.1f, .2f));
          }
}

TEST_CASE("a pointwise convolution is a product of matrices", "[featurevis]") {
  Random random(5);
  for (const kernels::Set& set : kernels::available())
    for (const int rows : {1, 5, 6, 50, 101})
      for (const int columns : {1, 16, 24, 37}) {
        INFO(set.name << ", " << rows << " rows, " << columns << " columns");
        constexpr int inner_size = 29;
        const auto weights = noise(std::size_t(columns * inner_size), random);
        const auto packed = kernels::pack_pointwise(weights.data(), columns, inner_size);
        auto bias = noise(std::size_t(columns), random);
        bias.resize(std::size_t(kernels::padded(columns)));
        const auto in = noise(std::size_t(rows * inner_size), random);
        kernels::Pointwise of{inner_size, columns, packed.data(), bias.data(), 0, 0};
        std::vector<float> out(std::size_t(rows * columns), -99);
        set.pointwise(of, in.data(), rows, out.data());
        double worst = 0;
        for (int row = 0; row < rows; ++row)
          for (int column = 0; column < columns; ++column) {
            double sum = bias[std::size_t(column)];
            for (int i = 0; i < inner_size; ++i)
              sum += double(in[std::size_t(row * inner_size + i)]) *
                     weights[std::size_t(column * inner_size + i)];
            worst = std::max(worst, std::abs(sum - double(out[std::size_t(row * columns + column)])));
          }
        CHECK(worst < 1e-4);
        of.high = 1;
        std::vector<float> clamped(out.size());
        set.pointwise(of, in.data(), rows, clamped.data());
        for (std::size_t i = 0; i < out.size(); ++i) CHECK(clamped[i] == std::clamp(out[i], 0.f, 1.f));
      }
}

TEST_CASE("Adam's steps are those of the papers", "[featurevis]") {
  Random random(6);
  for (const kernels::Set& set : kernels::available()) {
    INFO(set.name);
    constexpr std::size_t count = 23;
    std::vector<float> parameters = noise(count, random);
    std::vector<double> expected(parameters.begin(), parameters.end());
    std::vector<float> first(count), second(count);
    std::vector<double> m(count), v(count);
    for (int step = 1; step <= 5; ++step) {
      const std::vector<float> gradient = noise(count, random);
      set.adam(parameters.data(), first.data(), second.data(), gradient.data(), count,
               {.05f, .01f, float(1 / (1 - std::pow(.9, step))), float(1 / (1 - std::pow(.999, step)))});
      for (std::size_t i = 0; i < count; ++i) {
        m[i] = .9 * m[i] + .1 * gradient[i];
        v[i] = .999 * v[i] + .001 * double(gradient[i]) * gradient[i];
        expected[i] = .99 * expected[i] - .05 * m[i] / (1 - std::pow(.9, step)) /
                                              (std::sqrt(v[i] / (1 - std::pow(.999, step))) + 1e-8);
        CHECK(parameters[i] == tessera::test::Approx(expected[i]).epsilon(1e-4).margin(1e-5));
      }
    }
  }
}

TEST_CASE("a mask keeps what was between the limits", "[featurevis]") {
  for (const kernels::Set& set : kernels::available()) {
    const std::vector<float> values{-1, 0, .5f, 6, 7, 3};
    std::vector<float> gradient{1, 2, 3, 4, 5, 6};
    set.mask(values.data(), gradient.data(), values.size(), 0, 6);
    CHECK(gradient == std::vector<float>{0, 0, 3, 0, 0, 6});
  }
}

}  // namespace tessera::test::kernels_test
