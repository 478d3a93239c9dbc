#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tessera::featurevis {

enum class Style {
  plain,  // an opaque picture
  alpha   // colour and opacity: only what the detector needs becomes opaque, on a light ground
};

// Everything that determines an icon but its subject and the network.
struct Recipe {
  // Raised when the same settings begin to give other pictures.
  static constexpr int present_version = 1;

  int version = present_version;
  Style style = Style::plain;
  int size = 128;   // pixels a side, 16 to 512
  int steps = 256;  // updates, 1 to 4096
  float learning_rate = 0.05f;
  float restraint = 0;  // how much strong contrast and saturation are held back; 0: not at all
  // Icons of one subject that are made to differ from each other; this is number `variation` of so many.
  int diversity = 1;  // 1 to 16
  int variation = 0;
  std::uint64_t seed = 0;
  bool operator==(const Recipe&) const = default;
};

// What the bundled packs were made with, what `tessera icons render` makes unless told otherwise, and so what
// views ask for wherever an icon of a channel has to be there at once.
Recipe standard_recipe();

std::string to_text(Style style);              // "plain", "alpha"
Style style_from_text(std::string_view text);  // throws Error

// Canonical: equal recipes have equal texts.
std::string to_json(const Recipe& recipe);
Recipe recipe_from_json(std::string_view text);  // strict; throws Error

// Throws Error where a number is out of range.
void check(const Recipe& recipe);

}  // namespace tessera::featurevis
