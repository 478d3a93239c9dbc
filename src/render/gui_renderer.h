#pragma once

#include "render/joined_lists.h"

namespace tessera::render {

// Draws Dear ImGui's frames with OpenGL. Lives while both the ImGui and the OpenGL context are current.
class GuiRenderer {
 public:
  GuiRenderer();  // throws Error
  ~GuiRenderer();
  GuiRenderer(const GuiRenderer&) = delete;
  GuiRenderer& operator=(const GuiRenderer&) = delete;

  void new_frame();      // before ImGui::NewFrame
  void fonts_changed();  // other faces were loaded: between frames
  void draw();           // after ImGui::Render, into what is bound for drawing

 private:
  JoinedLists lists_;
};

}  // namespace tessera::render
