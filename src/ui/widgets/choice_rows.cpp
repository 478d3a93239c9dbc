#include "ui/widgets/choice_rows.h"

#include <algorithm>
#include <utility>

#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float between_groups = 26;
constexpr float before_words = 10;  // after what stands in front of them
constexpr float choice_row_height = 20;
constexpr float choice_row_step = 23;

}  // namespace

ChoiceRows::ChoiceRows(const Context& context, std::vector<ChoiceGroup> groups, float first_room, float room)
    : groups_(std::move(groups)) {
  for (std::size_t group = 0; group < groups_.size(); ++group) place(context, group, first_room, room);
}

const std::string& ChoiceRows::text(const Word& word) const {
  const ChoiceGroup& group = groups_[word.group];
  return word.index < 0 ? group.before : group.words[std::size_t(word.index)];
}

void ChoiceRows::place(const Context& context, std::size_t group, float first_room, float room) {
  const ChoiceGroup& placed = groups_[group];
  std::vector<Word> words;
  float width = 0;
  const auto add = [&](int index, float gap) {
    if (!words.empty()) width += gap;
    words.push_back({group, index, 0, width});
    width += text_size(context.fonts.small, text(words.back())).x;
  };
  if (!placed.before.empty()) add(-1, 0);
  for (int i = 0; i < int(placed.words.size()); ++i)
    add(i, context.px(i == 0 ? before_words : choice_spacing));
  if (words.empty()) return;

  const auto room_of = [&](std::size_t row) { return row == 0 ? first_room : room; };
  const auto start_of = [&](std::size_t row) {
    return widths_[row] > 0 ? widths_[row] + context.px(between_groups) : 0;
  };
  if (widths_.empty()) widths_.push_back(0);
  const std::size_t last = widths_.size() - 1;
  const bool may_be_empty = last == 0 && first_room < room;
  if (start_of(last) + width > room_of(last) && (widths_.back() > 0 || may_be_empty)) widths_.push_back(0);
  // Word by word where even a row of its own is too narrow.
  float shift = start_of(widths_.size() - 1);
  for (Word& word : words) {
    const float end = shift + word.left + text_size(context.fonts.small, text(word)).x;
    if (end > room_of(widths_.size() - 1) && widths_.back() > 0 && &word != &words.front()) {
      widths_.push_back(0);
      shift = -word.left;
    }
    word.row = widths_.size() - 1;
    word.left += shift;
    widths_.back() = std::max(widths_.back(), word.left + text_size(context.fonts.small, text(word)).x);
    words_.push_back(word);
  }
}

float ChoiceRows::widest() const { return widths_.empty() ? 0 : *std::ranges::max_element(widths_); }

float ChoiceRows::step(const Context& context) { return context.px(choice_row_step); }
float ChoiceRows::height(const Context& context) { return context.px(choice_row_height); }

void ChoiceRows::draw(Context& context, std::size_t row, ImVec2 at) const {
  if (!context.shown.controls) return;
  for (const Word& word : words_) {
    if (word.row != row) continue;
    const ImVec2 there{at.x + word.left, at.y};
    const ChoiceGroup& group = groups_[word.group];
    if (word.index < 0) {
      draw_text(context, context.fonts.small, there, context.theme.muted, group.before);
      continue;
    }
    ImGui::SetCursorScreenPos(there);
    if (group.chosen) {
      const bool is_chosen = *group.chosen == word.index;
      const bool clicked = choice_word(context, group.name + '/' + text(word), text(word), is_chosen);
      if (clicked && !is_chosen) group.choose(word.index);
    } else {
      const std::string name = group.words.size() > 1 ? group.name + '/' + text(word) : group.name;
      if (text_button(context, name, text(word), context.fonts.small)) group.choose(word.index);
    }
  }
}

}  // namespace tessera::ui
