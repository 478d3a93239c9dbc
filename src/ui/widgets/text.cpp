#include "ui/widgets/text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace tessera::ui {
namespace {

bool continues_code_point(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

// How much of the text fits, whole code points.
std::size_t fitting(ImFont* font, std::string_view text, float room) {
  std::size_t end = text.size();
  while (end > 0 && text_size(font, text.substr(0, end)).x > room) {
    --end;
    while (end > 0 && continues_code_point(text[end])) --end;
  }
  return end;
}

// The beginning of the word, what lies between spaces, in which `end` is.
std::size_t word_begin(std::string_view text, std::size_t end) {
  const std::size_t space = text.substr(0, end).rfind(' ');
  return space == std::string_view::npos ? 0 : space + 1;
}

// Whether a word is a number with its sign and unit, such as "−0.891" or "97.3".
bool is_number(std::string_view word) {
  for (const std::string_view sign : {"≈", "−", "-", "+", "±", "<", "~"})
    if (word.starts_with(sign)) word.remove_prefix(sign.size());
  return !word.empty() && is_digit(word.front());
}

Rect current_clip() {
  const ImVec4& clip = ImGui::GetWindowDrawList()->_ClipRectStack.back();
  return {{clip.x, clip.y}, {clip.z, clip.w}};
}

void record(Context& context, const Rect& where, std::string_view text, std::string_view full) {
  if (!context.drawn) return;
  context.drawn->texts.push_back(
      {ImGui::GetWindowDrawList()->_OwnerName, where, current_clip(), std::string(text), std::string(full)});
}

void full_text_as_tooltip(const Rect& where, std::string_view full) {
  if (!ImGui::IsWindowHovered() || !where.contains(ImGui::GetIO().MousePos)) return;
  ImGui::SetTooltip("%.*s", int(full.size()), full.data());
}

}  // namespace

ImVec2 text_size(ImFont* font, std::string_view text) {
  return font->CalcTextSizeA(render::font_size(font), 1e9f, 0, text.data(), text.data() + text.size());
}

std::string shortened(ImFont* font, std::string_view text, float most_width) {
  if (text_size(font, text).x <= most_width) return std::string(text);
  std::size_t end = fitting(font, text, most_width - text_size(font, "…").x);
  const std::size_t word = word_begin(text, end);
  if (word > 0 && (is_number(text.substr(word)) || 2 * word > end)) end = word;
  if (word == 0 && is_number(text)) return std::string(text);
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == ',')) --end;
  return std::string(text.substr(0, end)) + "…";
}

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
  const std::string drawn = most_width > 0 ? shortened(font, text, most_width) : std::string(text);
  const ImVec2 size = text_size(font, drawn);
  if (align == Align::right) at.x -= size.x;
  if (align == Align::center) at.x -= size.x / 2;
  draw_text(*ImGui::GetWindowDrawList(), font, at, color, drawn);
  const Rect where{at, {at.x + size.x, at.y + render::font_size(font)}};
  record(context, where, drawn, text);
  if (drawn.size() != text.size() && context.shown.controls) full_text_as_tooltip(where, text);
  return size.x;
}

ImFont* font_of_names(const render::Fonts& fonts, std::span<const std::string> names, float most_width) {
  const bool fit = std::ranges::all_of(
      names, [&](const std::string& name) { return text_size(fonts.strong, name).x <= most_width; });
  return fit ? fonts.strong : fonts.small;
}

float draw_wrapped(Context& context, ImFont* font, ImVec2 at, ImU32 color, std::string_view text,
                   float width) {
  const char* end = text.data() + text.size();
  ImGui::GetWindowDrawList()->AddText(font, render::font_size(font), {std::round(at.x), std::round(at.y)},
                                      color, text.data(), end, width);
  const ImVec2 size = font->CalcTextSizeA(render::font_size(font), 1e9f, width, text.data(), end);
  record(context, {at, {at.x + size.x, at.y + size.y}}, text, text);
  return size.y;
}

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
