#pragma once

#include <span>
#include <string>
#include <vector>

#include "tessera/figure/grammar.h"

namespace tessera::figure {

// A figure of the catalogue as a sentence of the grammar: its view is that sentence with a layout of its own.
struct BuiltIn {
  std::string figure;  // in the catalogue
  std::vector<Element> elements;
};

// All of them but the design space itself, in the catalogue's order.
std::span<const BuiltIn> built_in_specs();
// The one that has these elements, or nullptr.
const BuiltIn* find_built_in(std::span<const Element> elements);

// A sentence worth starting from.
struct Preset {
  std::string name;      // "teaser_2": plain words
  std::string title;     // "Filter by output attribution"
  std::string sentence;  // what it shows, without a full stop
  std::vector<Element> elements;
};

// The interfaces of the article in its order, its opening figure step by step, and one that it never drew.
std::span<const Preset> presets();

}  // namespace tessera::figure
