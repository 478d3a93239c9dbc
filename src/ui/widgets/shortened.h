#pragma once

#include <imgui.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::ui {

// A text in which names of layers, classes or files stand. Where there is no room for all of it the names are
// shortened first, so that the numbers beside them stay whole: "What feeds channel 17 of blocks.11…".
struct TextWithNames {
  std::string text;
  std::vector<std::string> names = {};  // parts of the text, in its order
};

// The text where it fits, else its beginning and "…": cut after a word where that leaves much of it, and
// never within a number. A text that begins with a number too wide for the room is left whole.
std::string shortened(ImFont* font, std::string_view text, float most_width);
std::string shortened(ImFont* font, const TextWithNames& text, float most_width);

// Broken between words, at most so many lines (at least one); the last is shortened where there are more.
std::vector<std::string> lines_of(ImFont* font, const TextWithNames& text, float width, std::size_t most);

// Whether every number of a text is in what is left of it.
bool has_numbers_of(std::string_view text, std::string_view left);

}  // namespace tessera::ui
