#include "app/window/gui_platform.h"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <imgui.h>

#include "tessera/base/error.h"

namespace tessera::app {

GuiPlatform::GuiPlatform(GlfwWindow& window) : window_(window) {
  // Keys and text reach Dear ImGui through the queue alone: its own callbacks must neither be called by GLFW
  // nor call the window's.
  const GLFWkeyfun keys = glfwSetKeyCallback(window.handle(), nullptr);
  const GLFWcharfun text = glfwSetCharCallback(window.handle(), nullptr);
  const bool delivers = ImGui_ImplGlfw_InitForOpenGL(window.handle(), true);
  glfwSetKeyCallback(window.handle(), keys);
  glfwSetCharCallback(window.handle(), text);
  if (!delivers) throw Error("the window does not deliver its input");
  window.on_key = [this](const KeyEvent& event) { keys_.add(event); };
  window.on_text = [this](unsigned character) { keys_.add(TextEvent{character}); };
}

GuiPlatform::~GuiPlatform() {
  window_.on_key = nullptr;
  window_.on_text = nullptr;
  ImGui_ImplGlfw_Shutdown();
}

void GuiPlatform::new_frame() {
  for (const KeyQueue::Event& event : keys_.next_frame(ImGui::GetIO().WantTextInput)) {
    if (const auto* key = std::get_if<KeyEvent>(&event))
      ImGui_ImplGlfw_KeyCallback(window_.handle(), key->key, key->scancode,
                                 key->down ? GLFW_PRESS : GLFW_RELEASE, key->modifiers);
    else
      ImGui_ImplGlfw_CharCallback(window_.handle(), std::get<TextEvent>(event).character);
  }
  ImGui_ImplGlfw_NewFrame();
}

}  // namespace tessera::app
