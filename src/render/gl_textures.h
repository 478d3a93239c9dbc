#pragma once

#include <filesystem>
#include <utility>
#include <vector>

#include "render/atlas_layout.h"
#include "render/channel_atlas.h"
#include "render/gl_object.h"
#include "render/heat_map_pass.h"
#include "render/shelf.h"
#include "render/textures.h"

namespace tessera::render {

struct GlTextureLimits {
  std::uint64_t frames_kept = 30;  // frames that a texture outlives the last question for it
  std::size_t picture_bytes = std::size_t(256) << 20;
  std::size_t atlas_bytes = std::size_t(512) << 20;
  AtlasLimits atlas{};  // further limited by what the driver offers
};

// Textures on the GPU. Lives and dies with its OpenGL context current. What cannot be put on the GPU is
// answered with texture 0 (an empty Atlas) and logged once.
class GlTextures : public Textures {
 public:
  explicit GlTextures(const std::filesystem::path& shaders,
                      const GlTextureLimits& limits = {});  // throws Error

  TextureId picture(const std::shared_ptr<const Image>& image, Sampling sampling) override;
  Atlas channels(const std::shared_ptr<const Cube>& cube, const ColorScale& scale,
                 Sampling sampling) override;
  TextureId color_bar(const ColorScale& scale) override;
  void end_frame() override;

  // On the GPU now, about.
  std::size_t bytes() const { return pictures_.bytes() + atlases_.bytes(); }

 private:
  // The pointers hold the identity: nothing else can have the address meanwhile.
  struct Picture {
    std::shared_ptr<const Image> image;
    GlTexture texture;
    std::size_t bytes() const { return texture.id() == 0 ? 0 : image->rgb.size() * 4 / 3; }
  };
  struct CubeOnGpu {
    std::shared_ptr<const Cube> cube;
    std::unique_ptr<ChannelAtlas> atlas;  // none: it could not be made
    std::size_t bytes() const { return atlas ? atlas->bytes() : 0; }
  };
  struct Bar {
    GlTexture texture;
    std::size_t bytes() const { return 256 * 3; }
  };
  using BarKey = std::pair<std::pair<float, float>, std::pair<ColorMap, Ground>>;

  Picture upload(const std::shared_ptr<const Image>& image, Sampling sampling) const;
  CubeOnGpu upload(const std::shared_ptr<const Cube>& cube) const;

  int longest_side_;
  AtlasLimits atlas_limits_;
  HeatMapPass heat_maps_;
  Shelf<std::pair<const Image*, Sampling>, Picture> pictures_;
  Shelf<const Cube*, CubeOnGpu> atlases_;
  Shelf<BarKey, Bar> bars_;
};

}  // namespace tessera::render
