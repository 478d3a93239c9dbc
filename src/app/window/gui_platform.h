#pragma once

struct GLFWwindow;

namespace tessera::app {

// Feeds a window's mouse, keys and clipboard to Dear ImGui, whose context must be current. Callbacks that the
// window had before go on being called.
class GuiPlatform {
 public:
  explicit GuiPlatform(GLFWwindow* window);
  ~GuiPlatform();
  GuiPlatform(const GuiPlatform&) = delete;
  GuiPlatform& operator=(const GuiPlatform&) = delete;

  void new_frame();  // before ImGui::NewFrame
};

}  // namespace tessera::app
