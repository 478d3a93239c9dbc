#pragma once

#include <array>
#include <filesystem>

#include "render/gl_object.h"
#include "render/textures.h"

namespace tessera::render {

// Colours the values of a whole atlas on the GPU (shaders/heat_map). Restores the framebuffer and the
// viewport; leaves blending and scissoring off and its own program bound.
class HeatMapPass {
 public:
  explicit HeatMapPass(const std::filesystem::path& shaders);  // throws Error

  // `values` and `ranges`: AtlasValues as textures. `target`: blank_atlas of the same atlas.
  void draw(const Atlas& atlas, int channels, const GlTexture& values, const GlTexture& ranges,
            const ColorScale& scale, const GlTexture& target);

 private:
  GLint uniform(const char* name) const;
  const GlTexture& table(const ColorScale& scale) const;

  GlProgram program_;
  GlVertexArray nothing_;  // a core context draws only with one bound
  GlFramebuffer framebuffer_;
  std::array<GlTexture, 8> tables_;  // map x ground
};

}  // namespace tessera::render
