#include "tessera/factorization/hue.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "support/catch.h"

namespace tessera::test::hue_test {

using namespace tessera;
using namespace tessera::factorization;

namespace {

using Colour = std::array<double, 3>;
using Table = std::array<std::array<double, 3>, 3>;

double linear(int value) {
  const double v = value / 255.0;
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

Colour apply(const Table& table, const Colour& colour) {
  Colour result{};
  for (std::size_t r = 0; r < 3; ++r)
    for (std::size_t c = 0; c < 3; ++c) result[r] += table[r][c] * colour[c];
  return result;
}

// Björn Ottosson 2020, from linear sRGB.
Colour oklab(Colour rgb) {
  for (double& value : rgb) value = std::max(value, 0.0);
  Colour cones = apply({{{0.4122214708, 0.5363325363, 0.0514459929},
                         {0.2119034982, 0.6806995451, 0.1073969566},
                         {0.0883024619, 0.2817188376, 0.6299787005}}},
                       rgb);
  for (double& value : cones) value = std::cbrt(value);
  return apply({{{0.2104542553, 0.7936177850, -0.0040720468},
                 {1.9779984951, -2.4285922050, 0.4505937099},
                 {0.0259040371, 0.7827717662, -0.8086757660}}},
               cones);
}

// Machado, Oliveira and Fernandes 2009, severity 1, on linear sRGB.
const Table normal = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
const Table protanopia = {
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
const Table deuteranopia = {
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
const Table tritanopia = {
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};

// Least distance between any two of the first `count` colours as somebody sees them.
double least_distance(int count, const Table& vision) {
  std::vector<Colour> seen;
  for (int i = 0; i < count; ++i) {
    const Hue hue = hue_of(i);
    seen.push_back(oklab(apply(vision, {linear(hue.red), linear(hue.green), linear(hue.blue)})));
  }
  double least = 10;
  for (std::size_t i = 0; i < seen.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      least = std::min(least,
                       std::hypot(seen[i][0] - seen[j][0], seen[i][1] - seen[j][1], seen[i][2] - seen[j][2]));
  return least;
}

}  // namespace

TEST_CASE("the first colours are told apart, by colour-blind people too", "[factorization]") {
  for (const Table& vision : {normal, protanopia, deuteranopia}) {
    CHECK(least_distance(8, vision) >= 0.12);
    CHECK(least_distance(16, vision) >= 0.079);
  }
  CHECK(least_distance(8, tritanopia) >= 0.7 * 0.12);
  CHECK(least_distance(16, tritanopia) >= 0.7 * 0.079);
}

TEST_CASE("all colours are different, none is that of no group, and they begin anew after the last",
          "[factorization]") {
  for (int i = 0; i < hue_count; ++i) {
    for (int j = 0; j < i; ++j) CHECK_FALSE(hue_of(i) == hue_of(j));
    CHECK_FALSE(hue_of(i) == no_group);
    CHECK(hue_of(i + hue_count) == hue_of(i));
  }
}

}  // namespace tessera::test::hue_test
