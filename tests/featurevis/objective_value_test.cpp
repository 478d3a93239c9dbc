// Objectives on tensors made by hand, and their gradients against finite differences.
#include "featurevis/objective_value.h"

#include <cmath>

#include "featurevis/random.h"
#include "support/catch.h"

namespace tessera::test::objective_value_test {

using namespace tessera::featurevis;
using tessera::test::Approx;

namespace {

// 2 × 3 positions, 2 channels: channel 0 holds 1 … 6, channel 1 ten times that.
const std::vector<float> values{1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60};
const LayerValues layer{values.data(), 2, 3, 2};

float value_of(const IconObjective& objective, Focus focus = Focus::everywhere, bool negative = false) {
  std::vector<float> gradient(values.size());
  return evaluate({"layer", objective, negative}, layer, focus, gradient.data());
}

}  // namespace

TEST_CASE("objectives have the values of their formulas", "[featurevis]") {
  CHECK(value_of(Channel{0}) == Approx(3.5));
  CHECK(value_of(Channel{1}) == Approx(35));
  CHECK(value_of(Channel{0}, Focus::everywhere, true) == Approx(-3.5));
  CHECK(value_of(CentreNeuron{0}) == Approx(5));  // (H/2, W/2) = (1, 1)
  CHECK(value_of(Channel{0}, Focus::centred) == Approx(.5 * 5 + .5 * 3.5));
  CHECK(value_of(Direction{{2, 1}, 0}) == Approx(2 * 3.5 + 35));
  CHECK(value_of(Direction{{0, 3}, 0}, Focus::centred) == Approx(3 * (.5 * 50 + .5 * 35)));
  // All vectors point along (1, 10): the cosine with (1, 0) is 1/√101 < .1 and held there.
  CHECK(1 / std::sqrt(101.) < .1);
  CHECK(value_of(Direction{{1, 0}, 2}) == Approx(3.5 * .01).epsilon(1e-4));
  const double cosine = 10 / std::sqrt(101.);
  CHECK(value_of(Direction{{0, 1}, 3}) == Approx(35 * std::pow(cosine, 3)).epsilon(1e-3));
  const std::vector<float> scores{3, -1, 4};
  std::vector<float> gradient(3);
  CHECK(evaluate({"", ClassLogit{2}, false}, {scores.data(), 1, 1, 3}, Focus::centred, gradient.data()) == 4);
  CHECK(gradient == std::vector<float>{0, 0, 1});
}

TEST_CASE("a peak is the largest value at one position, whatever the mean is", "[featurevis]") {
  const auto of = [](const IconObjective& objective, bool negative = false) {
    return peak({"layer", objective, negative}, layer);
  };
  CHECK(of(Channel{0}) == 6);
  CHECK(of(CentreNeuron{1}) == 60);
  CHECK(of(Channel{0}, true) == -1);  // the least negative
  CHECK(of(Direction{{2, 1}, 3}) == Approx(2 * 6 + 60));
  CHECK(of(Caricature{1, 1, {1, 0}, 4}) == Approx(6));
}

TEST_CASE("a caricature holds every position against the picture's own vector there", "[featurevis]") {
  // The same grid: the mean of ⟨a, v⟩ · cos⁴, with the cosine of (1, 10) and (1, 0) held at .1, of (0, 1)
  // near 1.
  Caricature cube{2, 3, {1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, 4};
  const double cosine = 10 / std::sqrt(101.);
  const double expected = (1 * 1e-4 + (20 + 30 + 40 + 50 + 60) * std::pow(cosine, 4)) / 6;
  CHECK(value_of(cube) == Approx(expected).epsilon(1e-3));
  // One vector for all positions is a direction.
  CHECK(value_of(Caricature{1, 1, {2, 1}, 2}) == Approx(value_of(Direction{{2, 1}, 2})).epsilon(1e-4));
  // Twice as fine a cube, constant: the same.
  Caricature fine{4, 6, {}, 2};
  for (int i = 0; i < 24; ++i) fine.values.insert(fine.values.end(), {2, 1});
  CHECK(value_of(fine) == Approx(value_of(Direction{{2, 1}, 2})).epsilon(1e-4));
}

TEST_CASE("gradients of objectives agree with finite differences", "[featurevis]") {
  Random random(9);
  constexpr int channels = 5;
  std::vector<float> at(3 * 4 * channels);
  for (float& value : at) value = random.normal();
  std::vector<float> direction(channels);
  for (float& value : direction) value = random.normal();
  Caricature cube{2, 2, {}, 4};
  for (int i = 0; i < 4 * channels; ++i) cube.values.push_back(random.normal());
  const std::vector<IconObjective> objectives{Channel{3},
                                              CentreNeuron{1},
                                              Direction{direction, 0},
                                              Direction{direction, 1},
                                              Direction{direction, 2.5f},
                                              cube};
  for (std::size_t which = 0; which < objectives.size(); ++which)
    for (const Focus focus : {Focus::everywhere, Focus::centred})
      for (const bool negative : {false, true}) {
        INFO("objective " << which);
        const IconSubject subject{"layer", objectives[which], negative};
        std::vector<float> gradient(at.size(), 99);
        std::vector<float> unused(at.size());
        evaluate(subject, {at.data(), 3, 4, channels}, focus, gradient.data());
        for (std::size_t i = 0; i < at.size(); i += 3) {
          std::vector<float> up = at;
          std::vector<float> down = at;
          up[i] += 1e-2f;
          down[i] -= 1e-2f;
          const double difference =
              double(evaluate(subject, {up.data(), 3, 4, channels}, focus, unused.data())) -
              evaluate(subject, {down.data(), 3, 4, channels}, focus, unused.data());
          CHECK(gradient[i] == Approx(difference / 2e-2).epsilon(.02).margin(1e-3));
        }
      }
}

TEST_CASE("a vector of zeros has no cosine, and no infinite gradient", "[featurevis]") {
  const std::vector<float> zeros(4);
  std::vector<float> gradient(4);
  CHECK(evaluate({"layer", Direction{{1, 2}, 4}, false}, {zeros.data(), 1, 2, 2}, Focus::everywhere,
                 gradient.data()) == 0);
  for (const float value : gradient) CHECK(std::isfinite(value));
  CHECK(gradient[1] > 0);
}

}  // namespace tessera::test::objective_value_test
