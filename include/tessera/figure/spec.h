#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/figure/grammar.h"
#include "tessera/figure/setting.h"

namespace tessera::figure {

// A figure as a sentence of the grammar: what it shows, and what can be set about it beside that.
struct FigureSpec {
  std::vector<Element> elements = {};  // none: nothing is shown
  Settings settings = {};              // of the figure "space" in the catalogue, but for `spec`
  std::string figure = {};             // in the catalogue, that it came from; empty: none
  bool operator==(const FigureSpec&) const = default;
};

inline constexpr int spec_format = 2;
inline constexpr std::size_t longest_spec = std::size_t(1) << 16;  // bytes of JSON that are read

// JSON, ASCII only (docs/grammar.md):
//   {"format": 2, "figure": "channels", "elements": [{"content", "presentation", "stratum", "atoms",
//   "layers",
//    "towards": {"stratum", "atoms", "layer"}, "operations": [{"do": "filter", "by": 1}, …]}], "settings":
//    {…}}
// Throws Error where it is not legal, or longer than `longest_spec`.
std::string to_json(const FigureSpec& spec);

// Reads it without forgiveness, and format 1, which had one "layer" where there are "layers" now. Throws
// Error for newer formats, fields and words that are unknown, values out of range, elements that something
// speaks against, settings that are not in the catalogue, and texts longer than `longest_spec`.
FigureSpec spec_from_json(std::string_view text);

}  // namespace tessera::figure
