#pragma once

namespace tessera::ui {

// The keys that Tessera listens to, whichever version of Dear ImGui delivers them.
enum class Key {
  left,
  right,
  up,
  down,
  escape,
  slash,
  left_bracket,
  right_bracket,
  a,
  b,
  c,
  d,
  e,
  g,
  h,
  i,
  k,
  l,
  m,
  o,
  s,
  t,
  v,
  x,
  y,
  z,
  zero,
  one,
  two,
  three,
  four,
  five,
  six,
  seven,
  eight,
  nine
};

// Pressed in this frame (repeats while held for the arrows). False while text is being typed, but for Escape.
bool pressed(Key key);
bool control_held();
bool shift_held();

// The index into ImGuiIO::KeysDown (before 1.87) or the ImGuiKey: what tests inject.
int imgui_key(Key key);

}  // namespace tessera::ui
