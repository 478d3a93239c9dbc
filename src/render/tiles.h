#pragma once

#include <utility>

#include "render/gui_renderer.h"
#include "render/offscreen.h"
#include "tessera/image/image.h"

namespace tessera::render {

// Draws a frame of Dear ImGui's into a picture, a tile at a time: a picture of any size, in steps that are
// small enough to be taken between a window's frames.
class Tiles {
 public:
  Tiles(int width, int height, int side = 1024);  // in pixels; throws Error

  bool done() const { return next_ == columns_ * rows_; }

  // The next tile of the frame that ImGui::Render has finished, whose display is width x height. Every frame
  // has to be the same picture.
  void draw(GuiRenderer& renderer);

  Image take() { return std::move(picture_); }  // once done

 private:
  int side_;
  int columns_;
  int rows_;
  int next_ = 0;
  OffscreenTarget target_;
  Image picture_;
};

}  // namespace tessera::render
