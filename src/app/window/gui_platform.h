#pragma once

#include "app/window/glfw_window.h"

namespace tessera::app {

// Feeds a window's mouse, keys and clipboard to Dear ImGui, whose context must be current. Callbacks that the
// window had before go on being called.
class GuiPlatform {
 public:
  explicit GuiPlatform(GlfwWindow& window);  // which must outlive it
  ~GuiPlatform();
  GuiPlatform(const GuiPlatform&) = delete;
  GuiPlatform& operator=(const GuiPlatform&) = delete;

  void new_frame();                                    // before ImGui::NewFrame
  bool wants_frame() const { return !keys_.empty(); }  // keys wait for the next one

 private:
  GlfwWindow& window_;
  KeyQueue keys_;
};

}  // namespace tessera::app
