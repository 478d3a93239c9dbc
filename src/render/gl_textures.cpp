#include "render/gl_textures.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "render/color_map.h"
#include "render/texture_upload.h"
#include "tessera/base/error.h"

namespace tessera::render {
namespace {

constexpr int bar_width = 256;

int driver_limit() {
  GLint most = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
  return most;
}

// A range that is not a number would never be found again among those drawn.
ColorScale usable(ColorScale scale) {
  if (!std::isfinite(scale.low)) scale.low = 0;
  if (!std::isfinite(scale.high)) scale.high = scale.low;
  return scale;
}

}  // namespace

GlTextures::GlTextures(const std::filesystem::path& shaders, const GlTextureLimits& limits)
    : longest_side_(driver_limit()),
      atlas_limits_{std::min(limits.atlas.longest_side, longest_side_), limits.atlas.most_texels},
      heat_maps_(shaders),
      pictures_(limits.frames_kept, limits.picture_bytes),
      atlases_(limits.frames_kept, limits.atlas_bytes),
      bars_(limits.frames_kept, std::size_t(1) << 20) {}

GlTextures::Picture GlTextures::upload(const std::shared_ptr<const Image>& image, Sampling sampling) const {
  try {
    return {image, upload_picture(*image, sampling, longest_side_)};
  } catch (const Error& error) {
    spdlog::warn("{}", error.what());
    return {image, GlTexture(0)};
  }
}

GlTextures::CubeOnGpu GlTextures::upload(const std::shared_ptr<const Cube>& cube) const {
  try {
    const Atlas layout = plan_atlas(cube->height, cube->width, cube->channels, atlas_limits_);
    return {cube, std::make_unique<ChannelAtlas>(cube, layout)};
  } catch (const Error& error) {
    spdlog::warn("{}", error.what());
    return {cube, nullptr};
  }
}

TextureId GlTextures::picture(const std::shared_ptr<const Image>& image, Sampling sampling) {
  if (!image || image->rgb.empty()) return 0;
  const std::pair key{image.get(), sampling};
  const Picture* there = pictures_.find(key);
  if (!there) there = &pictures_.put(key, upload(image, sampling));
  return there->texture.id();
}

Atlas GlTextures::channels(const std::shared_ptr<const Cube>& cube, const ColorScale& scale,
                           Sampling sampling) {
  if (!cube || cube->values.empty()) return {};
  CubeOnGpu* there = atlases_.find(cube.get());
  if (!there) there = &atlases_.put(cube.get(), upload(cube));
  if (!there->atlas) return {};
  try {
    return there->atlas->colored(heat_maps_, usable(scale), sampling, atlases_.frame());
  } catch (const Error& error) {
    spdlog::warn("{}", error.what());
    there->atlas.reset();
    return {};
  }
}

TextureId GlTextures::color_bar(const ColorScale& asked) {
  ColorScale scale = usable(asked);
  scale.per_channel = scale.fade = false;  // its colours are read off against numbers: always opaque
  const BarKey key{{scale.low, scale.high}, {scale.map, scale.ground}};
  const Bar* there = bars_.find(key);
  if (!there) {
    std::array<std::uint8_t, std::size_t(bar_width) * 3> bytes{};
    for (int i = 0; i < bar_width; ++i) {
      const Rgb color = color_of(std::lerp(scale.low, scale.high, float(i) / (bar_width - 1)), scale).color;
      std::ranges::copy(std::array{color.r, color.g, color.b}, bytes.begin() + std::ptrdiff_t(i) * 3);
    }
    there = &bars_.put(key, {upload_colors(bar_width, 1, bytes, Sampling::linear)});
  }
  return there->texture.id();
}

void GlTextures::end_frame() {
  pictures_.end_frame();
  atlases_.end_frame();
  bars_.end_frame();
}

}  // namespace tessera::render
