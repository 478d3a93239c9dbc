#include "ui/headless.h"

#include <chrono>
#include <thread>

#include "support/catch.h"
#include "support/paths.h"

namespace tessera::test {
namespace {

ImGuiContext* make_context(ImVec2 size) {
  ImGuiContext* context = ImGui::CreateContext();
  ImGui::SetCurrentContext(context);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = size;
  io.DeltaTime = 1.0f / 60;
  io.MousePos = {-1, -1};
#if IMGUI_VERSION_NUM < 18700
  // As the GLFW backend files them.
  const int keys[][2] = {{ImGuiKey_LeftArrow, 263}, {ImGuiKey_RightArrow, 262}, {ImGuiKey_UpArrow, 265},
                         {ImGuiKey_DownArrow, 264}, {ImGuiKey_Escape, 256},     {ImGuiKey_Enter, 257},
                         {ImGuiKey_Backspace, 259}};
  for (const auto& [key, code] : keys) io.KeyMap[key] = code;
#endif
#if IMGUI_VERSION_NUM >= 19200
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
#endif
  return context;
}

void build(ImFontAtlas& atlas) {
#if IMGUI_VERSION_NUM < 19200
  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  atlas.GetTexDataAsAlpha8(&pixels, &width, &height);
#else
  (void)atlas;  // glyphs are made when they are first drawn
#endif
}

std::map<float, render::Fonts> real_fonts(const std::vector<float>& scales) {
  std::map<float, render::Fonts> fonts;
  for (const float scale : scales) {
    const render::LoadedFonts loaded = render::load_fonts(source_folder() / "assets" / "fonts", scale);
    INFO(loaded.note);
    REQUIRE(loaded.note.empty());
    fonts.emplace(scale, loaded.fonts);
  }
  build(*ImGui::GetIO().Fonts);
  return fonts;
}

render::Fonts default_fonts() {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  ImFont* font = atlas.AddFontDefault();
  build(atlas);
  render::Fonts fonts;
  fonts.small = fonts.body = fonts.strong = fonts.title = fonts.number = font;
  return fonts;
}

}  // namespace

Headless::Headless(engine::Engine& engine, ui::AppState initial, ImVec2 size)
    : context_(make_context(size)),
      fonts_(default_fonts()),
      workbench_(engine, textures_, std::move(initial)) {}

Headless::Headless(engine::Engine& engine, ui::AppState initial, ImVec2 size, std::vector<float> scales)
    : context_(make_context(size)),
      fonts_by_scale_(real_fonts(scales)),
      fonts_(fonts_by_scale_.at(scales.front())),
      workbench_(engine, textures_, std::move(initial), scales.front()) {}

void Headless::resize(ImVec2 size, float scale) {
  ImGui::GetIO().DisplaySize = size;
  fonts_ = fonts_by_scale_.at(scale);
  workbench_.set_scale(scale);
}

Headless::~Headless() { ImGui::DestroyContext(context_); }

void Headless::frame() {
  ImGui::NewFrame();
  workbench_.frame(fonts_);
  ImGui::Render();
}

void Headless::frames(int count) {
  for (int i = 0; i < count; ++i) frame();
}

bool Headless::settle() {
  int quiet = 0;
  return frames_until([&] {
    quiet = workbench_.settled() ? quiet + 1 : 0;
    return quiet >= 3;
  });
}

bool Headless::frames_until(const std::function<bool()>& done) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!done()) {
    if (std::chrono::steady_clock::now() > give_up) return false;
    frame();
    std::this_thread::yield();
  }
  frames(2);
  return true;
}

void Headless::move_to(ImVec2 point) {
#if IMGUI_VERSION_NUM < 18700
  ImGui::GetIO().MousePos = point;
#else
  ImGui::GetIO().AddMousePosEvent(point.x, point.y);
#endif
  frames(3);
}

void Headless::button(bool down) {
#if IMGUI_VERSION_NUM < 18700
  ImGui::GetIO().MouseDown[0] = down;
#else
  ImGui::GetIO().AddMouseButtonEvent(0, down);
#endif
  frames(2);
}

void Headless::hover(const std::string& name, ImVec2 share) {
  const auto where = workbench_.marks().find(name);
  INFO("looking for " << name);
  REQUIRE(where);
  move_to({where->from.x + where->width() * share.x, where->from.y + where->height() * share.y});
}

void Headless::click(const std::string& name, ImVec2 share, bool control) {
  hover(name, share);
  hold_control(control);
  button(true);
  button(false);
  hold_control(false);
}

void Headless::hold_control(bool down) {
#if IMGUI_VERSION_NUM < 18700
  ImGui::GetIO().KeyCtrl = down;
#else
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, down);
#endif
}

void Headless::drag(const std::string& name, ImVec2 from, ImVec2 to) {
  hover(name, from);
  button(true);
  hover(name, to);
  button(false);
}

void Headless::double_click(const std::string& name, ImVec2 share) {
  click(name, share);
  click(name, share);
}

void Headless::move_away() { move_to({-100, -100}); }

void Headless::wheel(float steps, bool control) {
#if IMGUI_VERSION_NUM < 18700
  ImGui::GetIO().KeyCtrl = control;
  ImGui::GetIO().MouseWheel = steps;
  frame();
  ImGui::GetIO().KeyCtrl = false;
#else
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, control);
  ImGui::GetIO().AddMouseWheelEvent(0, steps);
  frame();
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, false);
#endif
  frames(2);
}

void Headless::key(int index, bool down) {
#if IMGUI_VERSION_NUM < 18700
  ImGui::GetIO().KeysDown[index] = down;
#else
  ImGui::GetIO().AddKeyEvent(ImGuiKey(index), down);
#endif
}

void Headless::press(ui::Key wanted, bool control, bool shift) {
  ImGuiIO& io = ImGui::GetIO();
  const int index = ui::imgui_key(wanted);
  REQUIRE(index >= 0);
#if IMGUI_VERSION_NUM < 18700
  io.KeyCtrl = control;
  io.KeyShift = shift;
#else
  io.AddKeyEvent(ImGuiMod_Ctrl, control);
  io.AddKeyEvent(ImGuiMod_Shift, shift);
#endif
  key(index, true);
  frames(1);
  key(index, false);
#if IMGUI_VERSION_NUM < 18700
  io.KeyCtrl = io.KeyShift = false;
#else
  io.AddKeyEvent(ImGuiMod_Ctrl, false);
  io.AddKeyEvent(ImGuiMod_Shift, false);
#endif
  frames(2);
}

void Headless::type(const std::string& text) {
  ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
  frames(3);
}

}  // namespace tessera::test
