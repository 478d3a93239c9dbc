#include "color_vision.h"

#include <algorithm>

namespace tessera::test {
namespace {

using Matrix = std::array<std::array<double, 3>, 3>;

constexpr Matrix protanopia{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix deuteranopia{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};

}  // namespace

render::LinearRgb seen_by(ColorVision vision, const render::LinearRgb& color) {
  if (vision == ColorVision::full) return color;
  const Matrix& matrix = vision == ColorVision::protanopia ? protanopia : deuteranopia;
  render::LinearRgb seen{};
  for (std::size_t row = 0; row < 3; ++row) {
    double sum = 0;
    for (std::size_t column = 0; column < 3; ++column) sum += matrix[row][column] * color[column];
    seen[row] = std::clamp(sum, 0.0, 1.0);
  }
  return seen;
}

}  // namespace tessera::test
