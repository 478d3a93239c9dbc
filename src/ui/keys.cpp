#include "ui/keys.h"

#include <imgui.h>

namespace tessera::ui {

namespace {

// What a key that prints a character prints, as GLFW and old versions of Dear ImGui call it.
char character(Key key) {
  switch (key) {
    case Key::slash:
      return '/';
    case Key::left_bracket:
      return '[';
    case Key::right_bracket:
      return ']';
    case Key::a:
      return 'A';
    case Key::b:
      return 'B';
    case Key::c:
      return 'C';
    case Key::g:
      return 'G';
    case Key::h:
      return 'H';
    case Key::i:
      return 'I';
    case Key::k:
      return 'K';
    case Key::l:
      return 'L';
    case Key::m:
      return 'M';
    case Key::o:
      return 'O';
    case Key::s:
      return 'S';
    case Key::t:
      return 'T';
    case Key::d:
      return 'D';
    case Key::e:
      return 'E';
    case Key::v:
      return 'V';
    case Key::x:
      return 'X';
    case Key::y:
      return 'Y';
    case Key::z:
      return 'Z';
    default:
      return char('0' + (int(key) - int(Key::zero)));
  }
}

}  // namespace

int imgui_key(Key key) {
  int named = -1;
  switch (key) {
    case Key::left:
      named = ImGuiKey_LeftArrow;
      break;
    case Key::right:
      named = ImGuiKey_RightArrow;
      break;
    case Key::up:
      named = ImGuiKey_UpArrow;
      break;
    case Key::down:
      named = ImGuiKey_DownArrow;
      break;
    case Key::escape:
      named = ImGuiKey_Escape;
      break;
    default:
      break;
  }
#if IMGUI_VERSION_NUM < 18700
  // Letters have no ImGuiKey of their own before 1.87: the GLFW backend files them under GLFW's codes, which
  // are ASCII.
  return named < 0 ? character(key) : ImGui::GetKeyIndex(named);
#else
  if (named >= 0) return named;
  const char printed = character(key);
  if (printed >= '0' && printed <= '9') return ImGuiKey_0 + (printed - '0');
  if (printed >= 'A' && printed <= 'Z') return ImGuiKey_A + (printed - 'A');
  if (printed == '[') return ImGuiKey_LeftBracket;
  if (printed == ']') return ImGuiKey_RightBracket;
  return ImGuiKey_Slash;
#endif
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
