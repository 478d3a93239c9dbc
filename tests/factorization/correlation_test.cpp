// Which channels of two layers fire alike.
#include "tessera/factorization/correlation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "factorization/planted.h"
#include "support/catch.h"
#include "tessera/base/error.h"

namespace tessera::test::correlation_test {

using namespace tessera;
using namespace tessera::factorization;
using test::Approx;

namespace {

Cube random_cube(int height, int width, int channels, unsigned seed) {
  Cube cube(height, width, channels);
  cube.values = test::random_matrix(height * width, channels, seed, -1).values;
  return cube;
}

// Channel i of the result is channel order[i] of the cube, times `scale`, plus `offset`.
Cube rearranged(const Cube& cube, const std::vector<int>& order, float scale = 1, float offset = 0) {
  Cube made(cube.height, cube.width, int(order.size()));
  for (int y = 0; y < cube.height; ++y)
    for (int x = 0; x < cube.width; ++x)
      for (int c = 0; c < made.channels; ++c)
        made.at(y, x, c) = scale * cube.at(y, x, order[std::size_t(c)]) + offset;
  return made;
}

// Each cell `times` × `times` cells, which differ but keep their mean.
Cube refined(const Cube& cube, int times) {
  Cube made(cube.height * times, cube.width * times, cube.channels);
  for (int y = 0; y < made.height; ++y)
    for (int x = 0; x < made.width; ++x)
      for (int c = 0; c < made.channels; ++c) {
        const float wave = times % 2 ? 0.0f : ((y + x) % 2 ? 0.5f : -0.5f);
        made.at(y, x, c) = cube.at(y / times, x / times, c) + wave;
      }
  return made;
}

MatchedChannels matched(const Cube& one, const Cube& other) {
  ChannelCorrelation correlation;
  correlation.add(one, other);
  return correlation.matched();
}

const std::vector<int> order = {4, 0, 5, 2, 1, 3};

void check_permutation(const MatchedChannels& found) {
  REQUIRE(found.pairs.size() == order.size());
  for (const ChannelPair& pair : found.pairs) {
    CHECK(pair.one == order[std::size_t(pair.other)]);
    CHECK(pair.correlation == Approx(1));
  }
}

}  // namespace

TEST_CASE("correlations are those of the textbook, over the positions of all pictures", "[factorization]") {
  // 1 2 3 4 against 2 1 4 3: covariance 3/4, variances 5/4.
  Cube one(1, 2, 1), more(1, 2, 1), other(1, 2, 1), more_other(1, 2, 1);
  one.values = {1, 2};
  more.values = {3, 4};
  other.values = {2, 1};
  more_other.values = {4, 3};
  ChannelCorrelation correlation;
  correlation.add(one, other);
  CHECK(correlation.matched().correlations.at(0, 0) == Approx(-1));
  correlation.add(more, more_other);
  const MatchedChannels found = correlation.matched();
  CHECK(found.positions == 4);
  CHECK(found.correlations.at(0, 0) == Approx(0.6));
  REQUIRE(found.pairs.size() == 1);
  CHECK(found.pairs[0].correlation == Approx(0.6));
}

TEST_CASE("channels in another order are found, with correlation 1", "[factorization]") {
  const Cube cube = random_cube(5, 7, 6, 1);
  check_permutation(matched(cube, rearranged(cube, order)));
}

TEST_CASE("scale and offset of channels do not matter, however large", "[factorization]") {
  const Cube cube = random_cube(6, 6, 6, 2);
  check_permutation(matched(cube, rearranged(cube, order, 1e30f)));
  check_permutation(matched(cube, rearranged(cube, order, 0.25f, -8)));
  // What float32 keeps of a value beside 4096 decides, not the sums.
  const MatchedChannels far = matched(cube, rearranged(cube, order, 1, 4096));
  for (const ChannelPair& pair : far.pairs) {
    CHECK(pair.one == order[std::size_t(pair.other)]);
    CHECK(pair.correlation > 0.9999f);
  }
  CHECK(matched(cube, rearranged(cube, {0}, -3)).correlations.at(0, 0) == Approx(-1));
}

TEST_CASE("the finer grid is averaged onto the coarser one, along each axis", "[factorization]") {
  const Cube cube = random_cube(4, 6, 6, 3);
  const Cube fine = refined(rearranged(cube, order), 2);
  const MatchedChannels found = matched(cube, fine);
  CHECK(found.positions == 24);
  check_permutation(found);
  const MatchedChannels turned = matched(fine, cube);
  for (const ChannelPair& pair : turned.pairs) CHECK(pair.other == order[std::size_t(pair.one)]);
}

TEST_CASE("grids that do not divide each other share cells by their area", "[factorization]") {
  // Three cells on two: the middle one belongs to both by half. Means 2/3 and 10/3 … of 0 2 4.
  Cube fine(1, 3, 2), coarse(1, 2, 1), more_fine(1, 3, 2), more_coarse(1, 2, 1);
  fine.values = {0, 1, 2, 0, 4, 0};
  coarse.values = {0, 1};
  more_fine.values = {1, 0, 0, 0, 0, 3};
  more_coarse.values = {5, 2};
  ChannelCorrelation correlation;
  correlation.add(fine, coarse);
  correlation.add(more_fine, more_coarse);
  // By hand: channel 0 is 2/3, 10/3, 2/3, 0 and channel 1 is 2/3, 0, 0, 2 on the coarse grid.
  const auto expected = [](std::vector<double> a, std::vector<double> b) {
    const double n = double(a.size());
    const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / n;
    const double mean_b = std::accumulate(b.begin(), b.end(), 0.0) / n;
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      ab += (a[i] - mean_a) * (b[i] - mean_b);
      aa += (a[i] - mean_a) * (a[i] - mean_a);
      bb += (b[i] - mean_b) * (b[i] - mean_b);
    }
    return ab / std::sqrt(aa * bb);
  };
  const MatchedChannels found = correlation.matched();
  CHECK(found.correlations.at(0, 0) == Approx(expected({2.0 / 3, 10.0 / 3, 2.0 / 3, 0}, {0, 1, 5, 2})));
  CHECK(found.correlations.at(1, 0) == Approx(expected({2.0 / 3, 0, 0, 2}, {0, 1, 5, 2})));
}

TEST_CASE("constant channels correlate with nothing, and are named", "[factorization]") {
  Cube cube = random_cube(6, 6, 4, 4);
  for (int y = 0; y < 6; ++y)
    for (int x = 0; x < 6; ++x) {
      cube.at(y, x, 1) = 0.1f;
      cube.at(y, x, 2) = 0;
    }
  const MatchedChannels found = matched(cube, random_cube(4, 4, 5, 5));
  CHECK(found.constant_one == std::vector<int>{1, 2});
  CHECK(found.constant_other.empty());
  for (int j = 0; j < 5; ++j) {
    CHECK(found.correlations.at(1, j) == 0);
    CHECK(found.correlations.at(2, j) == 0);
  }
  // The same in one picture and another in the next is not constant.
  ChannelCorrelation correlation;
  Cube dark(2, 2, 1), light(2, 2, 1);
  light.values.assign(4, 1.0f);
  correlation.add(dark, dark);
  CHECK(correlation.matched().constant_one == std::vector<int>{0});
  correlation.add(light, light);
  CHECK(correlation.matched().constant_one.empty());
  CHECK(correlation.matched().pairs[0].correlation == Approx(1));
}

TEST_CASE("pairs are one-to-one and come best first; the larger layer keeps channels to itself",
          "[factorization]") {
  const Cube cube = random_cube(8, 8, 9, 6);
  Cube noisy = rearranged(cube, {8, 1, 3, 0});
  const Cube noise = random_cube(8, 8, 4, 7);
  for (std::size_t i = 0; i < noisy.values.size(); ++i)
    noisy.values[i] += float(i % 4) * 0.3f * noise.values[i];
  for (const bool turned : {false, true}) {
    const MatchedChannels found = turned ? matched(noisy, cube) : matched(cube, noisy);
    REQUIRE(found.pairs.size() == 4);
    std::vector<int> of_noisy;
    for (const ChannelPair& pair : found.pairs) of_noisy.push_back(turned ? pair.one : pair.other);
    CHECK(of_noisy == std::vector<int>{0, 1, 2, 3});  // by how much noise there is
    CHECK(found.pairs[0].correlation == Approx(1));
    CHECK(found.pairs[3].correlation < 1);
    CHECK((turned ? found.pairs[2].other : found.pairs[2].one) == 3);
  }
}

TEST_CASE("what cannot be correlated is refused", "[factorization]") {
  CHECK_THROWS_AS(ChannelCorrelation().matched(), Error);
  ChannelCorrelation correlation;
  const Cube cube = random_cube(2, 2, 3, 8);
  CHECK_THROWS_AS(correlation.add(cube, Cube()), Error);
  Cube spoiled = cube;
  spoiled.values[4] = std::nanf("");
  CHECK_THROWS_AS(correlation.add(cube, spoiled), Error);
  correlation.add(cube, cube);
  CHECK_THROWS_AS(correlation.add(cube, random_cube(2, 2, 4, 9)), Error);
}

}  // namespace tessera::test::correlation_test
