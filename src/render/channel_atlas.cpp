#include "render/channel_atlas.h"

#include <algorithm>
#include <utility>

#include "render/atlas_values.h"
#include "render/texture_upload.h"

namespace tessera::render {
namespace {

struct Uploaded {
  GlTexture values;
  GlTexture ranges;
};

Uploaded upload(const Cube& cube, const Atlas& layout) {
  const AtlasValues arranged = arrange(cube, layout);
  return {
      upload_values(layout.columns * layout.tile_width, layout.rows * layout.tile_height, 1, arranged.values),
      upload_values(layout.columns, layout.rows, 2, arranged.ranges)};
}

}  // namespace

ChannelAtlas::ChannelAtlas(std::shared_ptr<const Cube> cube, const Atlas& layout)
    : cube_(std::move(cube)), layout_(layout), values_(GLuint(0)), ranges_(GLuint(0)) {
  auto [values, ranges] = upload(*cube_, layout_);
  values_ = std::move(values);
  ranges_ = std::move(ranges);
}

ChannelAtlas::Colored& ChannelAtlas::room_for(Sampling sampling, std::uint64_t frame) {
  const auto unused =
      std::ranges::find_if(colored_, [frame](const Colored& one) { return one.asked + 1 < frame; });
  if (unused != colored_.end()) {
    set_sampling(unused->texture, sampling, Levels::atlas);
    return *unused;
  }
  return colored_.emplace_back(Colored{{}, sampling, frame, blank_atlas(layout_, sampling)});
}

Atlas ChannelAtlas::colored(HeatMapPass& pass, const ColorScale& scale, Sampling sampling,
                            std::uint64_t frame) {
  auto found = std::ranges::find_if(
      colored_, [&](const Colored& one) { return one.scale == scale && one.sampling == sampling; });
  if (found == colored_.end()) {
    Colored& room = room_for(sampling, frame);
    pass.draw(layout_, cube_->channels, values_, ranges_, scale, room.texture);
    room.scale = scale;
    room.sampling = sampling;
    found = colored_.begin() + (&room - colored_.data());
  }
  found->asked = frame;
  Atlas atlas = layout_;
  atlas.texture = found->texture.id();
  return atlas;
}

std::size_t ChannelAtlas::bytes() const {
  const std::size_t tiles =
      std::size_t(layout_.columns * layout_.tile_width) * std::size_t(layout_.rows * layout_.tile_height);
  const std::size_t texels = std::size_t(layout_.width()) * std::size_t(layout_.height());
  return tiles * sizeof(float) + colored_.size() * texels * 4 * 4 / 3;
}

}  // namespace tessera::render
