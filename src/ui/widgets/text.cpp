#include "ui/widgets/text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

namespace tessera::ui {
namespace {

void full_text_as_tooltip(const Rect& where, std::string_view full) {
  if (!ImGui::IsWindowHovered() || !where.contains(ImGui::GetIO().MousePos)) return;
  ImGui::SetTooltip("%.*s", int(full.size()), full.data());
}

// What is left of a text, with all of it for whoever points at it.
float draw_shortened(Context& context, ImFont* font, ImVec2 at, ImU32 color, const std::string& drawn,
                     std::string_view full, Align align) {
  if (drawn.empty()) {
    record_text(context, {at, at}, drawn, full);
    return 0;
  }
  const ImVec2 size = text_size(font, drawn);
  if (align == Align::right) at.x -= size.x;
  if (align == Align::center) at.x -= size.x / 2;
  draw_text(*ImGui::GetWindowDrawList(), font, at, color, drawn);
  const Rect where{at, {at.x + size.x, at.y + render::font_size(font)}};
  record_text(context, where, drawn, full);
  if (drawn != full && context.shown.controls) full_text_as_tooltip(where, full);
  return size.x;
}

}  // namespace

ImVec2 text_size(ImFont* font, std::string_view text) { return wrapped_size(font, text, 0); }

float draw_text(ImDrawList& list, ImFont* font, ImVec2 at, ImU32 color, std::string_view text,
                float most_width, Align align) {
  const std::string drawn = most_width > 0 ? shortened(font, text, most_width) : std::string(text);
  const float width = text_size(font, drawn).x;
  if (align == Align::right) at.x -= width;
  if (align == Align::center) at.x -= width / 2;
  list.AddText(font, render::font_size(font), {std::round(at.x), std::round(at.y)}, color, drawn.data(),
               drawn.data() + drawn.size());
  return width;
}

float draw_text(Context& context, ImFont* font, ImVec2 at, ImU32 color, std::string_view text,
                float most_width, Align align) {
  return draw_shortened(context, font, at, color,
                        most_width > 0    ? shortened(font, text, most_width)
                        : most_width == 0 ? std::string(text)
                                          : std::string(),
                        text, align);
}

float draw_text(Context& context, ImFont* font, ImVec2 at, ImU32 color, const TextWithNames& text,
                float most_width, Align align) {
  return draw_shortened(context, font, at, color,
                        most_width > 0 ? shortened(font, text, most_width) : std::string(), text.text, align);
}

ImFont* font_of_names(const render::Fonts& fonts, std::span<const std::string> names, float most_width) {
  const bool fit = std::ranges::all_of(
      names, [&](const std::string& name) { return text_size(fonts.strong, name).x <= most_width; });
  return fit ? fonts.strong : fonts.small;
}

ImVec2 wrapped_size(ImFont* font, std::string_view text, float width) {
  // ImGui takes an empty text without an end for one that ends in a zero.
  if (text.empty()) return {0, render::font_size(font)};
  return font->CalcTextSizeA(render::font_size(font), 1e9f, width, text.data(), text.data() + text.size());
}

float draw_wrapped(Context& context, ImFont* font, ImVec2 at, ImU32 color, std::string_view text,
                   float width) {
  const char* end = text.data() + text.size();
  ImGui::GetWindowDrawList()->AddText(font, render::font_size(font), {std::round(at.x), std::round(at.y)},
                                      color, text.data(), end, width);
  const ImVec2 size = wrapped_size(font, text, width);
  record_text(context, {at, {at.x + size.x, at.y + size.y}}, text, text);
  return size.y;
}

float draw_lines(Context& context, ImFont* font, ImVec2 at, ImU32 color, const TextWithNames& text,
                 float width, std::size_t most) {
  const std::vector<std::string> lines = lines_of(font, text, width, most);
  const float step = line_step(context, font);
  std::string drawn;
  float widest = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    draw_text(*ImGui::GetWindowDrawList(), font, {at.x, at.y + step * float(i)}, color, lines[i]);
    widest = std::max(widest, text_size(font, lines[i]).x);
    drawn += (i > 0 ? " " : "") + lines[i];
  }
  const float height = lines.empty() ? 0 : step * float(lines.size() - 1) + render::font_size(font);
  const Rect where{at, {at.x + widest, at.y + height}};
  record_text(context, where, drawn, text.text);
  if (drawn != text.text && context.shown.controls) full_text_as_tooltip(where, text.text);
  return height;
}

float line_step(const Context& context, ImFont* font) { return render::font_size(font) + context.px(2.5f); }

void section_title(Context& context, std::string_view title, std::string_view aside) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = render::font_size(context.fonts.strong);
  const float taken = draw_text(context, context.fonts.strong, at, context.theme.ink, title, width);
  if (!aside.empty()) {
    const float lower = height - render::font_size(context.fonts.small);
    draw_text(context, context.fonts.small, {at.x + width, at.y + lower}, context.theme.muted, aside,
              width - taken - context.px(12), Align::right);
  }
  const float rule = std::round(at.y + height + context.px(6)) + 0.5f;
  list.AddLine({at.x, rule}, {at.x + width, rule}, context.theme.hairline);
  ImGui::Dummy({width, height + context.px(8)});
}

std::string number(double value) {
  if (!std::isfinite(value)) return std::isnan(value) ? "not a number" : value > 0 ? "∞" : "−∞";
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  if (std::abs(value) >= 1000 && std::abs(value) < 1e6) std::snprintf(text, sizeof text, "%.0f", value);
  std::string made = text;
  // A true minus sign lines up with digits; the hyphen does not.
  if (!made.empty() && made[0] == '-') made.replace(0, 1, "−");
  return made;
}

std::string percent(double fraction) {
  char text[32];
  const double value = fraction * 100;
  std::snprintf(text, sizeof text, value >= 99.95 || value < 0.05 ? "%.0f %%" : "%.1f %%", value);
  if (value > 0 && value < 0.05) return "< 0.1 %";
  return text;
}

}  // namespace tessera::ui
