#pragma once

struct ImGuiContext;

namespace tessera::render {

// Owns Dear ImGui's context and makes it current. Keeps no files of its own.
class GuiContext {
 public:
  GuiContext();
  ~GuiContext();
  GuiContext(const GuiContext&) = delete;
  GuiContext& operator=(const GuiContext&) = delete;

 private:
  ImGuiContext* context_;
};

}  // namespace tessera::render
