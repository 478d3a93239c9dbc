#include "render/texture_upload.h"

#include <algorithm>

#include "render/gl_check.h"
#include "render/reduce.h"

namespace tessera::render {
namespace {

constexpr GLint atlas_levels = 2;    // cells are multiples of four
constexpr GLint most_levels = 1000;  // OpenGL's own default

}  // namespace

void set_sampling(const GlTexture& texture, Sampling sampling, Levels levels) {
  glBindTexture(GL_TEXTURE_2D, texture.id());
  const GLint shrink = levels == Levels::one ? (sampling == Sampling::linear ? GL_LINEAR : GL_NEAREST)
                       : sampling == Sampling::linear ? GL_LINEAR_MIPMAP_LINEAR
                                                      : GL_LINEAR_MIPMAP_NEAREST;
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, shrink);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER,
                  sampling == Sampling::linear ? GL_LINEAR : GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  const GLint last = levels == Levels::one ? 0 : levels == Levels::atlas ? atlas_levels : most_levels;
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, last);
}

GlTexture upload_picture(const Image& image, Sampling sampling, int longest_side) {
  const int factor = reduction_to_fit(image, longest_side);
  if (factor > 1) return upload_picture(reduced(image, factor), sampling, longest_side);
  GlTexture texture = upload_colors(image.width, image.height, image.rgb, sampling);
  set_sampling(texture, sampling, Levels::all);
  glGenerateMipmap(GL_TEXTURE_2D);
  check_gl("uploading a picture");
  return texture;
}

GlTexture upload_colors(int width, int height, std::span<const std::uint8_t> rgb, Sampling sampling) {
  GlTexture texture;
  set_sampling(texture, sampling, Levels::one);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB8, width, height, 0, GL_RGB, GL_UNSIGNED_BYTE, rgb.data());
  check_gl("uploading colours");
  return texture;
}

GlTexture upload_values(int width, int height, int components, std::span<const float> values) {
  GlTexture texture;
  set_sampling(texture, Sampling::nearest, Levels::one);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  const bool pairs = components == 2;
  glTexImage2D(GL_TEXTURE_2D, 0, pairs ? GL_RG32F : GL_R32F, width, height, 0, pairs ? GL_RG : GL_RED,
               GL_FLOAT, values.data());
  check_gl("uploading a layer's values");
  return texture;
}

GlTexture blank_atlas(const Atlas& atlas, Sampling sampling) {
  GlTexture texture;
  set_sampling(texture, sampling, Levels::atlas);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, atlas.width(), atlas.height(), 0, GL_RGBA, GL_UNSIGNED_BYTE,
               nullptr);
  check_gl("making room for a layer's heat maps");
  return texture;
}

void update_levels(const GlTexture& texture) {
  glBindTexture(GL_TEXTURE_2D, texture.id());
  glGenerateMipmap(GL_TEXTURE_2D);
}

}  // namespace tessera::render
