#include "render/offscreen.h"

#include <algorithm>
#include <string>

#include "render/gl_check.h"
#include "tessera/base/error.h"

namespace tessera::render {
namespace {

void attach(const GlFramebuffer& framebuffer, const GlRenderbuffer& pixels, int width, int height,
            int samples) {
  glBindRenderbuffer(GL_RENDERBUFFER, pixels.id());
  glRenderbufferStorageMultisample(GL_RENDERBUFFER, samples, GL_RGBA8, width, height);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer.id());
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, pixels.id());
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
    throw Error("the graphics driver cannot draw a picture of this size",
                std::to_string(width) + " x " + std::to_string(height), "Choose a smaller one");
}

}  // namespace

OffscreenTarget::OffscreenTarget(int width, int height, int samples) : width_(width), height_(height) {
  GLint most_samples = 0, most_side = 0;
  glGetIntegerv(GL_MAX_SAMPLES, &most_samples);
  glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &most_side);
  if (width < 1 || height < 1 || width > most_side || height > most_side)
    throw Error("the graphics driver draws pictures of 1 to " + std::to_string(most_side) + " pixels a side",
                std::to_string(width) + " x " + std::to_string(height), "Choose a smaller one");
  attach(resolved_, resolved_pixels_, width, height, 0);
  attach(drawn_, drawn_pixels_, width, height, std::min(samples, int(most_samples)));
  check_gl("making room for a picture");
}

void OffscreenTarget::begin(float red, float green, float blue) {
  glBindFramebuffer(GL_FRAMEBUFFER, drawn_.id());
  glViewport(0, 0, width_, height_);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(red, green, blue, 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

Image OffscreenTarget::read() {
  glBindFramebuffer(GL_READ_FRAMEBUFFER, drawn_.id());
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, resolved_.id());
  glDisable(GL_SCISSOR_TEST);
  glBlitFramebuffer(0, 0, width_, height_, 0, 0, width_, height_, GL_COLOR_BUFFER_BIT, GL_NEAREST);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, resolved_.id());
  Image image = read_pixels(width_, height_);
  glBindFramebuffer(GL_FRAMEBUFFER, drawn_.id());
  return image;
}

Image read_pixels(int width, int height) {
  Image image(width, height);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, image.rgb.data());
  check_gl("reading the picture back");
  const auto row = [&](int y) { return image.rgb.begin() + std::ptrdiff_t(y) * width * 3; };
  for (int y = 0; y < height / 2; ++y) std::swap_ranges(row(y), row(y + 1), row(height - 1 - y));
  return image;
}

}  // namespace tessera::render
