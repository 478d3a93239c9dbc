#pragma once

#include "render/gl_object.h"
#include "tessera/image/image.h"

namespace tessera::render {

// A picture to draw into where there is no window, with multisampling where the driver has it.
class OffscreenTarget {
 public:
  OffscreenTarget(int width, int height, int samples = 4);  // in pixels; throws Error

  int width() const { return width_; }
  int height() const { return height_; }

  // Makes it what is drawn into, cleared to an opaque colour (0…1 each).
  void begin(float red, float green, float blue);

  // What has been drawn, top row first; alpha is dropped.
  Image read();

 private:
  int width_;
  int height_;
  GlFramebuffer drawn_;
  GlFramebuffer resolved_;
  GlRenderbuffer drawn_pixels_;
  GlRenderbuffer resolved_pixels_;
};

// Reads the lower left width x height pixels of what is bound for reading, top row first.
Image read_pixels(int width, int height);

}  // namespace tessera::render
