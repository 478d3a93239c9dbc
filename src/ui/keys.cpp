#include "ui/keys.h"

#include <imgui.h>

namespace tessera::ui {

int imgui_key(Key key) {
#if IMGUI_VERSION_NUM < 18700
  // Letters have no ImGuiKey of their own before 1.87: the GLFW backend files them under GLFW's codes, which
  // are ASCII.
  switch (key) {
    case Key::left:
      return ImGui::GetKeyIndex(ImGuiKey_LeftArrow);
    case Key::right:
      return ImGui::GetKeyIndex(ImGuiKey_RightArrow);
    case Key::up:
      return ImGui::GetKeyIndex(ImGuiKey_UpArrow);
    case Key::down:
      return ImGui::GetKeyIndex(ImGuiKey_DownArrow);
    case Key::escape:
      return ImGui::GetKeyIndex(ImGuiKey_Escape);
    case Key::h:
      return 'H';
    case Key::o:
      return 'O';
    case Key::s:
      return 'S';
    case Key::t:
      return 'T';
    case Key::m:
      return 'M';
    case Key::c:
      return 'C';
    case Key::slash:
      return '/';
  }
#else
  switch (key) {
    case Key::left:
      return ImGuiKey_LeftArrow;
    case Key::right:
      return ImGuiKey_RightArrow;
    case Key::up:
      return ImGuiKey_UpArrow;
    case Key::down:
      return ImGuiKey_DownArrow;
    case Key::escape:
      return ImGuiKey_Escape;
    case Key::h:
      return ImGuiKey_H;
    case Key::o:
      return ImGuiKey_O;
    case Key::s:
      return ImGuiKey_S;
    case Key::t:
      return ImGuiKey_T;
    case Key::m:
      return ImGuiKey_M;
    case Key::c:
      return ImGuiKey_C;
    case Key::slash:
      return ImGuiKey_Slash;
  }
#endif
  return 0;
}

bool pressed(Key key) {
  if (ImGui::GetIO().WantTextInput && key != Key::escape) return false;
  const int index = imgui_key(key);
  if (index < 0) return false;  // this backend does not deliver the key
  const bool repeats = key == Key::left || key == Key::right || key == Key::up || key == Key::down;
#if IMGUI_VERSION_NUM < 18700
  return ImGui::IsKeyPressed(index, repeats);
#else
  return ImGui::IsKeyPressed(ImGuiKey(index), repeats);
#endif
}

bool control_held() { return ImGui::GetIO().KeyCtrl || ImGui::GetIO().KeySuper; }
bool shift_held() { return ImGui::GetIO().KeyShift; }

}  // namespace tessera::ui
