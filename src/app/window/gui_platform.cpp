#include "app/window/gui_platform.h"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>

#include "tessera/base/error.h"

namespace tessera::app {

GuiPlatform::GuiPlatform(GlfwWindow& window) : window_(window) {
  // Keys reach Dear ImGui through the queue alone: its own callback must neither be called by GLFW nor call the
  // window's.
  const GLFWkeyfun keys = glfwSetKeyCallback(window.handle(), nullptr);
  const bool delivers = ImGui_ImplGlfw_InitForOpenGL(window.handle(), true);
  glfwSetKeyCallback(window.handle(), keys);
  if (!delivers) throw Error("the window does not deliver its input");
  window.on_key = [this](const KeyEvent& event) { keys_.add(event); };
}

GuiPlatform::~GuiPlatform() {
  window_.on_key = nullptr;
  ImGui_ImplGlfw_Shutdown();
}

void GuiPlatform::new_frame() {
  for (const KeyEvent& event : keys_.next_frame())
    ImGui_ImplGlfw_KeyCallback(window_.handle(), event.key, event.scancode,
                               event.down ? GLFW_PRESS : GLFW_RELEASE, event.modifiers);
  ImGui_ImplGlfw_NewFrame();
}

}  // namespace tessera::app
