#include "ui/overlays/shortcut_list.h"

#include <algorithm>
#include <vector>

#include "ui/overlays/overlay.h"
#include "ui/shortcuts.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float widest_list = 1000;
constexpr float least_for_two_columns = 760;
constexpr float between_columns = 40;
constexpr float keys_share = 0.34f;  // of a column
constexpr float most_keys = 170;
constexpr float between_keys_and_effect = 16;
constexpr float between_rows = 6;
constexpr float around_list = 90;    // margins and title
constexpr float most_share = 0.92f;  // of the window's height

// How high every shortcut is in a column, where keys and effects wrap.
struct ShortcutColumn {
  float width = 0;
  float keys = 0;
  float effect_left = 0;

  float height(const Context& context, const Shortcut& shortcut) const {
    return std::max(wrapped_size(context.fonts.strong, shortcut.keys, keys).y,
                    wrapped_size(context.fonts.body, shortcut.effect, width - effect_left).y) +
           context.px(between_rows);
  }
  void draw(Context& context, const Shortcut& shortcut, ImVec2 at) const {
    draw_wrapped(context, context.fonts.strong, at, context.theme.ink, shortcut.keys, keys);
    draw_wrapped(context, context.fonts.body, {at.x + effect_left, at.y}, context.theme.muted,
                 shortcut.effect, width - effect_left);
  }
};

ShortcutColumn column_of(const Context& context, float width) {
  ShortcutColumn column{width, std::min(context.px(most_keys), width * keys_share), 0};
  column.effect_left = column.keys + context.px(between_keys_and_effect);
  return column;
}

// Of so many columns, each as high as the others as far as that goes: where each begins.
std::vector<std::size_t> begins_of(const std::vector<float>& heights, std::size_t columns) {
  float all = 0;
  for (const float height : heights) all += height;
  std::vector<std::size_t> begins{0};
  float taken = 0;
  for (std::size_t i = 0; i < heights.size(); ++i) {
    if (begins.size() < columns && taken >= all * float(begins.size()) / float(columns)) begins.push_back(i);
    taken += heights[i];
  }
  return begins;
}

}  // namespace

void shortcut_list(Context& context, const Rect& window) {
  const std::vector<Shortcut> listed = shortcuts();
  const float inner =
      std::min(context.px(widest_list), window.width() - context.px(40)) - context.px(48 + 12);
  const std::size_t columns = inner >= context.px(least_for_two_columns) ? 2 : 1;
  const float gap = context.px(between_columns);
  const ShortcutColumn column = column_of(context, (inner - gap * float(columns - 1)) / float(columns));
  std::vector<float> heights;
  for (const Shortcut& shortcut : listed) heights.push_back(column.height(context, shortcut));
  const std::vector<std::size_t> begins = begins_of(heights, columns);
  float tallest = 0;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const std::size_t end = i + 1 < begins.size() ? begins[i + 1] : heights.size();
    float height = 0;
    for (std::size_t k = begins[i]; k < end; ++k) height += heights[k];
    tallest = std::max(tallest, height);
  }
  const float wanted = tallest / context.scale + around_list;
  const float most = window.height() / context.scale * most_share;
  overlay_panel(context, "shortcuts", "Shortcuts", widest_list, std::min(wanted, most), window, [&] {
    ImGui::BeginChild("shortcut rows");
    const ImVec2 from = ImGui::GetCursorScreenPos();
    for (std::size_t i = 0; i < begins.size(); ++i) {
      const std::size_t end = i + 1 < begins.size() ? begins[i + 1] : heights.size();
      ImVec2 at{from.x + float(i) * (column.width + gap), from.y};
      for (std::size_t k = begins[i]; k < end; ++k) {
        column.draw(context, listed[k], at);
        at.y += heights[k];
      }
    }
    ImGui::Dummy({1, tallest});
    ImGui::EndChild();
  });
}

}  // namespace tessera::ui
