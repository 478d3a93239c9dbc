#include "app/window/gui_platform.h"

#include <backends/imgui_impl_glfw.h>

#include "tessera/base/error.h"

namespace tessera::app {

GuiPlatform::GuiPlatform(GLFWwindow* window) {
  if (!ImGui_ImplGlfw_InitForOpenGL(window, true)) throw Error("the window does not deliver its input");
}

GuiPlatform::~GuiPlatform() { ImGui_ImplGlfw_Shutdown(); }

void GuiPlatform::new_frame() { ImGui_ImplGlfw_NewFrame(); }

}  // namespace tessera::app
