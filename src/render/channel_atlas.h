#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "render/gl_object.h"
#include "render/heat_map_pass.h"
#include "render/textures.h"

namespace tessera::render {

// One cube on the GPU: its values once, and its heat maps for every scale that is in use.
class ChannelAtlas {
 public:
  ChannelAtlas(std::shared_ptr<const Cube> cube, const Atlas& layout);

  // Draws what is not there yet. `frame` counts up; a scale that was not asked for in the last frame or this
  // one is drawn over, so that a moving slider keeps two textures busy and not two hundred.
  Atlas colored(HeatMapPass& pass, const ColorScale& scale, Sampling sampling, std::uint64_t frame);

  std::size_t bytes() const;

 private:
  struct Colored {
    ColorScale scale;
    Sampling sampling;
    std::uint64_t asked;
    GlTexture texture;
  };

  Colored& room_for(Sampling sampling, std::uint64_t frame);

  std::shared_ptr<const Cube> cube_;  // holds the identity: no other cube can have its address meanwhile
  Atlas layout_;
  GlTexture values_;
  GlTexture ranges_;
  std::vector<Colored> colored_;
};

}  // namespace tessera::render
