#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "tessera/image/image.h"

namespace tessera::featurevis {

// What is wrong with an icon, if anything. `weak` needs something to compare with (IconQuality::natural).
enum class Failure {
  none,
  grey,       // nothing developed: hardly any contrast
  saturated,  // most of it is at the limits of the colour range
  weak        // its peak stays below what natural pictures reach
};
std::string to_text(Failure failure);              // "none", "grey", "saturated", "weak"
Failure failure_from_text(std::string_view text);  // throws Error

// How well an icon shows its subject.
struct IconQuality {
  int steps = 0;        // taken so far: fewer than the recipe's in previews and where an icon was ended early
  bool settled = true;  // false: a preview, or cancelled
  float objective = 0;  // reached, in units of the layer's values before its ReLU
  // The largest value of the subject at any one position, in the same units: of an alpha icon, whose
  // objective is half a mean over mostly empty positions, this is what says how well it did.
  float peak = 0;
  // The largest value of the subject at any position of the natural pictures tried, nothing where none were.
  std::optional<float> natural;
  Failure failure = Failure::none;
  int attempts = 1;  // seeds or lengths tried until this one
  bool operator==(const IconQuality&) const = default;
};

// A feature visualisation, as it is shown: alpha icons are composited on their light ground.
struct Icon {
  Image picture;  // square
  IconQuality quality;
  bool operator==(const Icon&) const = default;
};

inline std::size_t memory_cost(const Icon& icon) { return sizeof(Icon) + memory_cost(icon.picture); }

}  // namespace tessera::featurevis
