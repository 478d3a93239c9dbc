#include "ui/widgets/text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace tessera::ui {
namespace {

// The longest prefix, whole code points, that fits.
std::string elided(ImFont* font, std::string_view text, float most_width) {
  const float room = most_width - text_size(font, "…").x;
  std::size_t end = text.size();
  while (end > 0 && text_size(font, text.substr(0, end)).x > room) {
    --end;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  }
  while (end > 0 && text[end - 1] == ' ') --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace

ImVec2 text_size(ImFont* font, std::string_view text) {
  return font->CalcTextSizeA(render::font_size(font), 1e9f, 0, text.data(), text.data() + text.size());
}

float draw_text(ImDrawList& list, ImFont* font, ImVec2 at, ImU32 color, std::string_view text,
                float most_width, Align align) {
  float width = text_size(font, text).x;
  std::string shortened;
  if (most_width > 0 && width > most_width) {
    shortened = elided(font, text, most_width);
    text = shortened;
    width = text_size(font, text).x;
  }
  if (align == Align::right) at.x -= width;
  if (align == Align::center) at.x -= width / 2;
  list.AddText(font, render::font_size(font), {std::round(at.x), std::round(at.y)}, color, text.data(),
               text.data() + text.size());
  return width;
}

ImFont* font_of_names(const render::Fonts& fonts, std::span<const std::string> names, float most_width) {
  const bool fit = std::ranges::all_of(
      names, [&](const std::string& name) { return text_size(fonts.strong, name).x <= most_width; });
  return fit ? fonts.strong : fonts.small;
}

float draw_wrapped(ImDrawList& list, ImFont* font, ImVec2 at, ImU32 color, std::string_view text,
                   float width) {
  const char* end = text.data() + text.size();
  list.AddText(font, render::font_size(font), {std::round(at.x), std::round(at.y)}, color, text.data(), end,
               width);
  return font->CalcTextSizeA(render::font_size(font), 1e9f, width, text.data(), end).y;
}

void section_title(Context& context, std::string_view title, std::string_view aside) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = render::font_size(context.fonts.strong);
  const float taken = draw_text(list, context.fonts.strong, at, context.theme.ink, title, width);
  if (!aside.empty()) {
    const float lower = height - render::font_size(context.fonts.small);
    draw_text(list, context.fonts.small, {at.x + width, at.y + lower}, context.theme.muted, aside,
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
