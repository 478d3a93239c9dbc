#include "render/gui_context.h"

#include <imgui.h>

namespace tessera::render {

GuiContext::GuiContext() {
  IMGUI_CHECKVERSION();
  context_ = ImGui::CreateContext();
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
}

GuiContext::~GuiContext() { ImGui::DestroyContext(context_); }

}  // namespace tessera::render
