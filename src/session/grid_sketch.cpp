#include "session/grid_sketch.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "tessera/factorization/pca.h"
#include "tessera/image/fit.h"

namespace tessera::session {
namespace {

using Colour = std::array<float, 3>;  // in [0, 1]

// The first three components as red, green and blue, each scaled to its own range over the cells.
std::vector<Colour> component_colours(const Cube& cells) {
  std::vector<Colour> colours(cells.positions(), Colour{0.5f, 0.5f, 0.5f});
  if (cells.positions() < 2) return colours;
  const factorization::Factorization pca = factorization::pca(cells, 3);
  for (int component = 0; component < std::min(3, pca.atoms() - 1); ++component) {
    float least = pca.maps.at(0, component), most = least;
    for (int position = 0; position < pca.positions(); ++position) {
      least = std::min(least, pca.maps.at(position, component));
      most = std::max(most, pca.maps.at(position, component));
    }
    if (!(most > least)) continue;
    for (int position = 0; position < pca.positions(); ++position)
      colours[std::size_t(position)][std::size_t(component)] =
          (pca.maps.at(position, component) - least) / (most - least);
  }
  return colours;
}

// The channel whose icon says most about an activation vector: which comes nearest to what it reaches on
// natural pictures, where that is known. -1 where none of those with an icon fires.
int telling_channel(const float* activations, int channels, const IconSheet& sheet) {
  int best = -1;
  float most = 0;
  for (int channel = 0; channel < channels; ++channel) {
    if (!sheet.has(channel)) continue;
    const auto& natural = sheet.icons[std::size_t(channel)]->natural;
    const float scale = natural && *natural > 0 ? *natural : 1;
    if (activations[channel] / scale > most) {
      most = activations[channel] / scale;
      best = channel;
    }
  }
  return best;
}

Image icon_in(const IconSheet& sheet, int channel, int size) {
  Image icon(sheet.side, sheet.side);
  for (int row = 0; row < sheet.side; ++row)
    std::copy_n(sheet.picture->pixel(sheet.x(channel), sheet.y(channel) + row), std::size_t(sheet.side) * 3,
                icon.pixel(0, row));
  return image::fit(icon, {size, size, image::FitRule::stretch, 1.0}).image;
}

}  // namespace

Image sketch_grid(const Cube& cells, const IconSheet& sheet, int cell) {
  Image picture(cells.width * cell, cells.height * cell);
  const std::vector<Colour> colours = component_colours(cells);
  std::map<int, Image> icons;
  for (int row = 0; row < cells.height; ++row)
    for (int column = 0; column < cells.width; ++column) {
      const std::size_t position = std::size_t(row) * std::size_t(cells.width) + std::size_t(column);
      const Colour& tint = colours[position];
      const int channel = telling_channel(cells.values.data() + position * std::size_t(cells.channels),
                                          cells.channels, sheet);
      if (channel >= 0 && !icons.contains(channel)) icons.emplace(channel, icon_in(sheet, channel, cell));
      for (int y = 0; y < cell; ++y)
        for (int x = 0; x < cell; ++x) {
          std::uint8_t* pixel = picture.pixel(column * cell + x, row * cell + y);
          for (std::size_t c = 0; c < 3; ++c) {
            const float ground = 255 * (0.25f + 0.5f * tint[c]);
            const float shown = channel < 0 ? ground : (ground + float(icons.at(channel).pixel(x, y)[c])) / 2;
            pixel[c] = std::uint8_t(std::lround(shown));
          }
        }
    }
  return picture;
}

}  // namespace tessera::session
