#include "support/fake_textures.h"

#include <algorithm>
#include <utility>

#include "render/atlas_layout.h"

namespace tessera::test {

using render::Atlas;
using render::ColorScale;
using render::Sampling;
using render::TextureId;

TextureId FakeTextures::id_of(const void* object, Sampling sampling, const ColorScale& scale) {
  const Identity identity{object,    int(sampling), int(scale.map),    int(scale.ground),
                          scale.low, scale.high,    scale.per_channel, scale.fade};
  // Far above what a font atlas may be called, so that draw lists can be told apart.
  return ids_.try_emplace(identity, TextureId(1000 + ids_.size())).first->second;
}

TextureId FakeTextures::picture(const std::shared_ptr<const Image>& image, Sampling sampling) {
  if (!image || image->width == 0 || image->height == 0) return 0;
  const TextureId texture = id_of(image.get(), sampling, {});
  pictures_.push_back({image, texture});
  return texture;
}

Atlas FakeTextures::channels(const std::shared_ptr<const Cube>& cube, const ColorScale& scale,
                             Sampling sampling) {
  if (!cube || cube->values.empty()) return {};
  Atlas atlas = render::plan_atlas(cube->height, cube->width, cube->channels);
  atlas.texture = id_of(cube.get(), sampling, scale);
  atlases_.push_back({cube, scale, sampling, atlas});
  return atlas;
}

TextureId FakeTextures::color_bar(const ColorScale& scale) {
  bars_.push_back(scale);
  return id_of(nullptr, Sampling::linear, scale);
}

void FakeTextures::end_frame() {
  finished_pictures_ = std::exchange(pictures_, {});
  finished_atlases_ = std::exchange(atlases_, {});
  finished_bars_ = std::exchange(bars_, {});
}

const FakeTextures::ChannelRequest* FakeTextures::atlas_of(TextureId texture) const {
  const auto found =
      std::ranges::find(finished_atlases_, texture, [](const auto& asked) { return asked.atlas.texture; });
  return found == finished_atlases_.end() ? nullptr : &*found;
}

const FakeTextures::PictureRequest* FakeTextures::picture_of(TextureId texture) const {
  const auto found = std::ranges::find(finished_pictures_, texture, &PictureRequest::texture);
  return found == finished_pictures_.end() ? nullptr : &*found;
}

}  // namespace tessera::test
