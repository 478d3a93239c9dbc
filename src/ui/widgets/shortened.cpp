#include "ui/widgets/shortened.h"

#include <algorithm>

#include "render/fonts.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float least_name = 2.5f;   // of a name's width, in lines' heights: "bloc…"
constexpr float tried_share = 0.9f;  // of the width of names, from one try to the next

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
  for (const std::string_view sign : {"(", "≈", "−", "-", "+", "±", "<", "~"})
    if (word.starts_with(sign)) word.remove_prefix(sign.size());
  return !word.empty() && is_digit(word.front());
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::string with_names_within(ImFont* font, const TextWithNames& text, float most_width) {
  std::string made;
  std::size_t from = 0;
  for (const std::string& name : text.names) {
    const std::size_t at = name.empty() ? std::string::npos : text.text.find(name, from);
    if (at == std::string::npos) continue;
    made += text.text.substr(from, at - from) + shortened(font, name, most_width);
    from = at + name.size();
  }
  return made + text.text.substr(from);
}

// The text with its names as long as `fits` allows; with the shortest ones where it never does.
template <class Fits>
std::string with_fitting_names(ImFont* font, const TextWithNames& text, const Fits& fits) {
  if (fits(text.text)) return text.text;
  float widest = 0;
  for (const std::string& name : text.names) widest = std::max(widest, text_size(font, name).x);
  const float least = least_name * render::font_size(font);
  for (float width = widest * tried_share; width > least; width *= tried_share)
    if (const std::string tried = with_names_within(font, text, width); fits(tried)) return tried;
  return widest > least ? with_names_within(font, text, least) : text.text;
}

// Words between which a line may end: "14 × 14" is one.
std::vector<std::string> words_to_wrap(std::string_view text) {
  std::vector<std::string> unbroken_words;
  for (const std::string_view word : words_of(text)) {
    const bool goes_on = !unbroken_words.empty() && (word == "×" || unbroken_words.back().ends_with(" ×"));
    if (goes_on)
      unbroken_words.back() += ' ' + std::string(word);
    else
      unbroken_words.emplace_back(word);
  }
  return unbroken_words;
}

std::vector<std::string> wrapped(ImFont* font, std::string_view text, float width) {
  std::vector<std::string> lines;
  for (const std::string& word : words_to_wrap(text)) {
    const std::string longer = lines.empty() ? std::string() : lines.back() + ' ' + word;
    if (lines.empty() || text_size(font, longer).x > width)
      lines.emplace_back(word);
    else
      lines.back() = longer;
  }
  return lines;
}

}  // namespace

std::string shortened(ImFont* font, std::string_view text, float most_width) {
  if (text_size(font, text).x <= most_width) return std::string(text);
  std::size_t end = fitting(font, text, most_width - text_size(font, "…").x);
  const std::size_t word = word_begin(text, end);
  if (word > 0 && (is_number(text.substr(word)) || 2 * word > end)) end = word;
  if (word == 0 && is_number(text)) return std::string(text);
  // Digits of a name, such as "blocks.11", are a number too.
  if (end > 0 && end < text.size() && is_digit(text[end]))
    while (end > 0 && is_digit(text[end - 1])) --end;
  const auto trim = [&] {
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == ',' || text[end - 1] == '.')) --end;
  };
  trim();
  if (end == 0 || !is_digit(text[end - 1])) return std::string(text.substr(0, end)) + "…";
  // A number that is whole does not look cut; where there is no room for that, it goes.
  const std::string with_number = std::string(text.substr(0, end)) + " …";
  if (text_size(font, with_number).x <= most_width) return with_number;
  while (end > 0 && (is_digit(text[end - 1]) || text[end - 1] == '.')) --end;
  trim();
  return std::string(text.substr(0, end)) + "…";
}

std::string shortened(ImFont* font, const TextWithNames& text, float most_width) {
  const auto fits = [&](const std::string& tried) { return text_size(font, tried).x <= most_width; };
  return shortened(font, with_fitting_names(font, text, fits), most_width);
}

std::vector<std::string> lines_of(ImFont* font, const TextWithNames& text, float width, std::size_t most) {
  most = std::max<std::size_t>(1, most);
  const auto fits = [&](const std::string& tried) {
    const std::vector<std::string> lines = wrapped(font, tried, width);
    return lines.size() <= most && std::ranges::all_of(lines, [&](const std::string& line) {
             return text_size(font, line).x <= width;
           });
  };
  std::vector<std::string> lines = wrapped(font, with_fitting_names(font, text, fits), width);
  while (lines.size() > most) {
    lines[most - 1] += ' ' + lines[most];
    lines.erase(lines.begin() + std::ptrdiff_t(most));
  }
  for (std::string& line : lines) line = shortened(font, line, width);
  return lines;
}

bool has_numbers_of(std::string_view text, std::string_view left) {
  const std::vector<std::string_view> there = words_of(left);
  return std::ranges::all_of(words_of(text), [&](std::string_view word) {
    return !is_number(word) || std::ranges::find(there, word) != there.end();
  });
}

}  // namespace tessera::ui
