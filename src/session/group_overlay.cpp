#include "tessera/session/group_overlay.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "tessera/base/error.h"

namespace tessera::session {
namespace {

using Linear = std::array<double, 3>;

constexpr double gamma = 2.2;  // near enough to sRGB's curve for mixing colours
constexpr double most_opaque = 0.9;

double to_linear(double value) { return std::pow(value / 255, gamma); }
double from_linear(double value) { return 255 * std::pow(std::clamp(value, 0.0, 1.0), 1 / gamma); }

// What lies over one position.
struct Tint {
  std::array<double, 3> colour{};  // sRGB, 0 to 255
  double opacity = 0;
};

Linear linear_of(factorization::Hue hue) {
  return {to_linear(hue.red), to_linear(hue.green), to_linear(hue.blue)};
}

Image over_pale(const Image& picture, const LayerGroups& groups, const std::vector<Tint>& tints) {
  if (picture.width < 1 || picture.height < 1) throw Error("there is no picture to lay groups over");
  Image result(picture.width, picture.height);
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) {
      const std::uint8_t* from = picture.pixel(x, y);
      const double grey = 0.299 * from[0] + 0.587 * from[1] + 0.114 * from[2];
      const double pale = 255 - (255 - grey) * 0.55;
      const Tint& tint = tints[std::size_t(y * groups.height / picture.height) * std::size_t(groups.width) +
                               std::size_t(x * groups.width / picture.width)];
      for (std::size_t c = 0; c < 3; ++c) {
        // What the hue lies on still shows in its lightness.
        const double shaded = tint.colour[c] * (0.7 + 0.3 * grey / 255);
        result.pixel(x, y)[c] =
            std::uint8_t(std::lround(pale + (shaded - pale) * most_opaque * tint.opacity));
      }
    }
  return result;
}

}  // namespace

Image overlay(const LayerGroups& groups, const Image& picture, std::optional<int> only) {
  const factorization::Matrix& maps = groups.factorization.maps;
  if (only && (*only < 0 || *only >= maps.columns))
    throw Error("there is no group " + std::to_string(*only), groups.layer);
  std::vector<double> sums(std::size_t(maps.rows), 0.0);
  double largest = 0;
  for (int p = 0; p < maps.rows; ++p) {
    for (const float value : maps.row(p)) {
      sums[std::size_t(p)] += std::abs(value);
      if (only) largest = std::max(largest, double(std::abs(value)));
    }
    if (!only) largest = std::max(largest, sums[std::size_t(p)]);
  }
  std::vector<Tint> tints(std::size_t(maps.rows));
  for (int p = 0; p < maps.rows; ++p) {
    Tint& tint = tints[std::size_t(p)];
    Linear mixed{};
    for (int i = only.value_or(0); i < (only ? *only + 1 : maps.columns); ++i) {
      const double weight = std::abs(maps.at(p, i));
      if (weight == 0) continue;
      const double share = only ? 1 : weight / sums[std::size_t(p)];
      const Linear hue = linear_of(groups.hues[std::size_t(i)]);
      for (std::size_t c = 0; c < 3; ++c) mixed[c] += share * hue[c];
      if (largest > 0) tint.opacity += weight / largest;
    }
    for (std::size_t c = 0; c < 3; ++c) tint.colour[c] = from_linear(mixed[c]);
  }
  return over_pale(picture, groups, tints);
}

Image residual_overlay(const LayerGroups& groups, const Image& picture) {
  const Cube& cube = *groups.activations;
  double largest = 0;
  for (int y = 0; y < cube.height; ++y)
    for (int x = 0; x < cube.width; ++x) {
      double sum = 0;
      for (const float value : cube.position(y, x)) sum += double(value) * value;
      largest = std::max(largest, std::sqrt(sum));
    }
  std::vector<Tint> tints(groups.residual_map->values.size());
  for (std::size_t p = 0; p < tints.size(); ++p) {
    const auto& grey = factorization::no_group;
    tints[p].colour = {double(grey.red), double(grey.green), double(grey.blue)};
    if (largest > 0) tints[p].opacity = std::min(1.0, groups.residual_map->values[p] / largest);
  }
  return over_pale(picture, groups, tints);
}

}  // namespace tessera::session
