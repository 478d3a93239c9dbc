#include "ui/theme.h"

#include "render/color_map.h"

namespace tessera::ui {
namespace {

constexpr ImU32 rgb(unsigned hex, unsigned alpha = 255) {
  return IM_COL32((hex >> 16) & 255, (hex >> 8) & 255, hex & 255, alpha);
}

// The diverging pair at a strength that large areas can bear.
void set_signs(Theme& made) {
  constexpr std::size_t softened = 38;  // from either end of 256
  const render::ColorTable& table = render::color_table(render::ColorMap::diverging, made.ground);
  const auto color = [](render::Rgb c) { return IM_COL32(c.r, c.g, c.b, 255); };
  made.minus = color(table[softened]);
  made.plus = color(table[255 - softened]);
}

Theme light() {
  Theme made;
  made.ground = render::Ground::light;
  made.page = rgb(0xffffff);
  made.floating = rgb(0xffffff);
  made.ink = rgb(0x1b1b1b);
  made.muted = rgb(0x6a6a6a);
  made.faint = rgb(0xb4b4b4);
  made.hairline = rgb(0xe7e7e5);
  made.bar = rgb(0xc6c6c4);
  made.provisional = rgb(0x8a8a8a);
  made.accent = rgb(0xd9580d);
  made.accent_wash = rgb(0xfdf0e6);
  made.hover_wash = rgb(0xf5f5f3);
  set_signs(made);
  made.error = rgb(0xb3261e);
  made.warning = rgb(0x8a5a00);
  return made;
}

Theme dark() {
  Theme made;
  made.ground = render::Ground::dark;
  made.page = rgb(0x141414);
  made.floating = rgb(0x1e1e1e);
  made.ink = rgb(0xececec);
  made.muted = rgb(0x9d9d9d);
  made.faint = rgb(0x5c5c5c);
  made.hairline = rgb(0x2c2c2c);
  made.bar = rgb(0x5a5a5a);
  made.provisional = rgb(0x858585);
  made.accent = rgb(0xff9a4d);
  made.accent_wash = rgb(0x33241a);
  made.hover_wash = rgb(0x202020);
  set_signs(made);
  made.error = rgb(0xff8a80);
  made.warning = rgb(0xf2c063);
  return made;
}

}  // namespace

Theme theme(ThemeChoice choice) { return choice == ThemeChoice::light ? light() : dark(); }

void apply_to_imgui(const Theme& theme, float scale) {
  ImGuiStyle style;
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 1;
  style.FrameBorderSize = 1;
  style.WindowRounding = 0;
  style.FrameRounding = 4;
  style.PopupRounding = 6;
  style.ScrollbarSize = 9;
  style.ScrollbarRounding = 5;
  style.GrabRounding = 4;
  style.FramePadding = {8, 5};
  style.ItemSpacing = {8, 6};
  style.ScaleAllSizes(scale);

  const auto set = [&](ImGuiCol which, ImU32 color) {
    style.Colors[which] = ImGui::ColorConvertU32ToFloat4(color);
  };
  set(ImGuiCol_Text, theme.ink);
  set(ImGuiCol_TextDisabled, theme.muted);
  set(ImGuiCol_WindowBg, theme.page);
  set(ImGuiCol_ChildBg, 0);
  set(ImGuiCol_PopupBg, theme.floating);
  set(ImGuiCol_Border, theme.hairline);
  set(ImGuiCol_FrameBg, theme.page);
  set(ImGuiCol_FrameBgHovered, theme.hover_wash);
  set(ImGuiCol_FrameBgActive, theme.hover_wash);
  set(ImGuiCol_ScrollbarBg, 0);
  set(ImGuiCol_ScrollbarGrab, theme.hairline);
  set(ImGuiCol_ScrollbarGrabHovered, theme.faint);
  set(ImGuiCol_ScrollbarGrabActive, theme.muted);
  set(ImGuiCol_Button, 0);
  set(ImGuiCol_ButtonHovered, theme.hover_wash);
  set(ImGuiCol_ButtonActive, theme.accent_wash);
  set(ImGuiCol_Header, theme.accent_wash);
  set(ImGuiCol_HeaderHovered, theme.hover_wash);
  set(ImGuiCol_HeaderActive, theme.accent_wash);
  set(ImGuiCol_SliderGrab, theme.faint);
  set(ImGuiCol_SliderGrabActive, theme.accent);
  set(ImGuiCol_CheckMark, theme.accent);
  set(ImGuiCol_TextSelectedBg, theme.accent_wash);
  set(ImGuiCol_NavHighlight, 0);
  set(ImGuiCol_ModalWindowDimBg, 0);
  ImGui::GetStyle() = style;
}

}  // namespace tessera::ui
