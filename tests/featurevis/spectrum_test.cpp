// The image parameterisation against the formula, summed up term by term.
#include "featurevis/spectrum.h"

#include <cmath>
#include <complex>
#include <numbers>

#include "featurevis/random.h"
#include "support/catch.h"

namespace tessera::test::spectrum_test {

using namespace tessera::featurevis;

namespace {

// Σ over the whole spectrum, of which the given half is completed by symmetry.
std::vector<double> slow_inverse(const std::vector<float>& spectrum, int size, int plane) {
  const int half = size / 2 + 1;
  const auto number = [&](int row, int column) {
    const std::size_t at = 2 * (std::size_t(plane * size + row) * std::size_t(half) + std::size_t(column));
    return std::complex<double>(spectrum[at], spectrum[at + 1]);
  };
  std::vector<double> picture(std::size_t(size) * std::size_t(size));
  for (int y = 0; y < size; ++y)
    for (int x = 0; x < size; ++x) {
      double sum = 0;
      for (int row = 0; row < size; ++row)
        for (int column = 0; column < half; ++column) {
          const double fy = double(row <= size / 2 ? row : row - size) / size;
          const double fx = double(column) / size;
          const double frequency = std::max(std::hypot(fx, fy), 1.0 / size);
          const double angle = 2 * std::numbers::pi * (double(row) * y + double(column) * x) / size;
          const double share = column == 0 || 2 * column == size ? 1 : 2;
          sum += share * size / frequency * (number(row, column) * std::polar(1.0, angle)).real();
        }
      picture[std::size_t(y * size + x)] = sum / (double(size) * size) / 4;
    }
  return picture;
}

}  // namespace

TEST_CASE("planes are the inverse transform of the scaled spectrum", "[featurevis]") {
  Random random(1);
  for (const int size : {8, 9}) {
    INFO(size);
    const Spectrum spectrum(size, 2);
    CHECK(spectrum.numbers() == 2u * 2u * std::size_t(size) * std::size_t(size / 2 + 1));
    std::vector<float> numbers(spectrum.numbers());
    for (float& number : numbers) number = random.normal();
    std::vector<float> planes(2 * spectrum.pixels());
    spectrum.to_planes(numbers.data(), planes.data());
    for (int plane = 0; plane < 2; ++plane) {
      const std::vector<double> expected = slow_inverse(numbers, size, plane);
      for (std::size_t i = 0; i < expected.size(); ++i)
        CHECK(planes[std::size_t(plane) * spectrum.pixels() + i] ==
              tessera::test::Approx(expected[i]).epsilon(1e-4).margin(1e-4));
    }
  }
}

TEST_CASE("the scale is √(wh) / max(f, 1/max(w, h)), a quarter of it", "[featurevis]") {
  const Spectrum spectrum(128, 1);
  const std::size_t half = 65;
  CHECK(spectrum.gain()[0] == tessera::test::Approx(128 * 128 / 4.));           // f = 0 counts as the lowest
  CHECK(spectrum.gain()[1] == tessera::test::Approx(128 * 128 / 4.));           // f = 1/128
  CHECK(spectrum.gain()[64] == tessera::test::Approx(128 / .5 / 4));            // f = 1/2
  CHECK(spectrum.gain()[127 * half] == tessera::test::Approx(128 * 128 / 4.));  // f = -1/128
  CHECK(spectrum.gain()[3 * half + 4] == tessera::test::Approx(128 / (5. / 128) / 4));
}

TEST_CASE("the adjoint of the inverse transform is one", "[featurevis]") {
  Random random(2);
  for (const int size : {16, 15}) {
    INFO(size);
    const Spectrum spectrum(size, 3, 2, .5f);
    std::vector<float> numbers(spectrum.numbers());
    std::vector<float> weights(3 * spectrum.pixels());
    for (float& number : numbers) number = random.normal();
    for (float& weight : weights) weight = random.normal();
    std::vector<float> planes(weights.size());
    std::vector<float> back(numbers.size());
    spectrum.to_planes(numbers.data(), planes.data());
    spectrum.from_planes(weights.data(), back.data());
    double there = 0;
    double here = 0;
    for (std::size_t i = 0; i < planes.size(); ++i) there += double(planes[i]) * weights[i];
    for (std::size_t i = 0; i < numbers.size(); ++i) here += double(numbers[i]) * back[i];
    CHECK(there == tessera::test::Approx(here).epsilon(1e-4));
  }
}

}  // namespace tessera::test::spectrum_test
