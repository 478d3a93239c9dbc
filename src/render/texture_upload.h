#pragma once

#include <span>

#include "render/gl_object.h"
#include "render/textures.h"

namespace tessera::render {

// How many times a texture is halved for shrinking.
enum class Levels {
  one,    // never drawn smaller than it is
  atlas,  // as often as an atlas's borders allow: see Atlas
  all
};

void set_sampling(const GlTexture& texture, Sampling sampling, Levels levels);

// RGB8 with all levels; a picture with a side over `longest_side` is reduced by a whole factor. Throws Error.
GlTexture upload_picture(const Image& image, Sampling sampling, int longest_side);

// RGB8, one level, as it is.
GlTexture upload_colors(int width, int height, std::span<const std::uint8_t> rgb, Sampling sampling);

// Float32 with one or two components, for texelFetch alone.
GlTexture upload_values(int width, int height, int components, std::span<const float> values);

// RGBA8 without content, to be drawn into; call update_levels when it has been.
GlTexture blank_atlas(const Atlas& atlas, Sampling sampling);
void update_levels(const GlTexture& texture);

}  // namespace tessera::render
