#include "support/fake_textures.h"

#include <cmath>

namespace tessera::test {

render::TextureId FakeTextures::id_of(const void* object) { return ids_.try_emplace(object, ids_.size() + 2).first->second; }

render::TextureId FakeTextures::picture(const std::shared_ptr<const Image>& image, render::Sampling) {
  return id_of(image.get());
}

render::Atlas FakeTextures::channels(const std::shared_ptr<const Cube>& cube, const render::ColorScale&, render::Sampling) {
  render::Atlas atlas;
  atlas.texture = id_of(cube.get());
  atlas.columns = int(std::ceil(std::sqrt(double(cube->channels))));
  atlas.rows = (cube->channels + atlas.columns - 1) / atlas.columns;
  atlas.tile_width = cube->width;
  atlas.tile_height = cube->height;
  return atlas;
}

render::TextureId FakeTextures::color_bar(const render::ColorScale&) { return 1; }

}  // namespace tessera::test
