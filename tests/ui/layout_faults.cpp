#include "ui/layout_faults.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string_view>

namespace tessera::test {
namespace {

// Unscaled pixels. The line of a text has room for accents above and tails below.
constexpr float above_letters = 2.5f;
constexpr float below_letters = 1.5f;
constexpr float hairline = 1;        // that things may share
constexpr float around_control = 3;  // its own text may stick out by so much

ui::Rect letters(const ui::DrawnText& text, float scale) {
  return {{text.where.from.x, text.where.from.y + above_letters * scale},
          {text.where.to.x, text.where.to.y - below_letters * scale}};
}

ui::Rect common(const ui::Rect& a, const ui::Rect& b) {
  return {{std::max(a.from.x, b.from.x), std::max(a.from.y, b.from.y)},
          {std::min(a.to.x, b.to.x), std::min(a.to.y, b.to.y)}};
}

bool is_there(const ui::Rect& rect, float least) { return rect.width() > least && rect.height() > least; }

bool holds(const ui::Rect& outer, const ui::Rect& inner) {
  return inner.from.x >= outer.from.x && inner.from.y >= outer.from.y && inner.to.x <= outer.to.x &&
         inner.to.y <= outer.to.y;
}

std::string text_of(const ui::Rect& rect) {
  std::ostringstream text;
  text << "(" << std::lround(rect.from.x) << ", " << std::lround(rect.from.y) << " … "
       << std::lround(rect.to.x) << ", " << std::lround(rect.to.y) << ")";
  return text.str();
}

std::string text_of(const ui::DrawnText& text) { return "“" + text.text + "” " + text_of(text.where); }
std::string text_of(const ui::DrawnControl& control) {
  return "control " + control.name + " " + text_of(control.where);
}

// Beyond its clip, where nothing can bring it back.
bool sticks_out(const ui::Rect& where, const ui::Rect& clip, bool scrolls, float slack) {
  const bool above_or_below = where.from.y < clip.from.y - slack || where.to.y > clip.to.y + slack;
  return where.from.x < clip.from.x - slack || where.to.x > clip.to.x + slack || (above_or_below && !scrolls);
}

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

// A sign, then a digit.
bool is_number(std::string_view word) {
  for (const std::string_view sign : {"(", "≈", "−", "-", "+", "±"})
    if (word.starts_with(sign)) word.remove_prefix(sign.size());
  return !word.empty() && is_digit(word.front());
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// The first word of the full text that is a number and is not in what was drawn.
std::string lost_number(const ui::DrawnText& text) {
  const std::vector<std::string> drawn = words_of(text.text);
  for (const std::string& word : words_of(text.full))
    if (is_number(word) && std::ranges::find(drawn, word) == drawn.end()) return word;
  return {};
}

}  // namespace

std::string outermost(const std::string& window) { return window.substr(0, window.find('/')); }

std::vector<LayoutFault> faults_of(const ui::Drawn& drawn, float scale) {
  std::vector<LayoutFault> faults;
  const float slack = hairline * scale;
  const auto add = [&](std::string what, const ui::Rect& where, const std::string& window) {
    faults.push_back({std::move(what), where, window});
  };
  const auto& texts = drawn.texts;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const ui::DrawnText& text = texts[i];
    if (text.text.empty()) continue;
    const ui::Rect seen = common(letters(text, scale), text.clip);
    if (sticks_out(letters(text, scale), text.clip, text.scrolls, slack))
      add(text_of(text) + " sticks out of its panel " + text_of(text.clip), text.where, text.window);
    if (const std::string number = lost_number(text); text.is_cut() && !number.empty())
      add(text_of(text) + " has lost the number " + number + " of “" + text.full + "”", text.where,
          text.window);
    for (std::size_t k = i + 1; k < texts.size(); ++k)
      if (outermost(texts[k].window) == outermost(text.window) &&
          is_there(common(seen, common(letters(texts[k], scale), texts[k].clip)), slack))
        add(text_of(text) + " overlaps " + text_of(texts[k]), text.where, text.window);
  }
  const auto& controls = drawn.controls;
  for (std::size_t i = 0; i < controls.size(); ++i) {
    const ui::DrawnControl& control = controls[i];
    const ui::Rect seen = common(control.where, control.clip);
    if (sticks_out(control.where, control.clip, control.scrolls, around_control * scale))
      add(text_of(control) + " sticks out of its panel " + text_of(control.clip), control.where,
          control.window);
    for (std::size_t k = i + 1; k < controls.size(); ++k)
      if (outermost(controls[k].window) == outermost(control.window) &&
          is_there(common(seen, common(controls[k].where, controls[k].clip)), slack))
        add(text_of(control) + " overlaps " + text_of(controls[k]), control.where, control.window);
    for (const ui::DrawnText& text : texts) {
      if (outermost(text.window) != outermost(control.window)) continue;
      const ui::Rect letter = letters(text, scale);
      if (is_there(common(seen, common(letter, text.clip)), slack) &&
          !holds(control.where.grown(around_control * scale), letter))
        add(text_of(text) + " overlaps " + text_of(control), text.where, text.window);
    }
  }
  return faults;
}

}  // namespace tessera::test
