#include <algorithm>

#include "tessera/attribution/all_classes.h"

namespace tessera::attribution {

std::optional<std::size_t> AllClasses::row_of(int class_index) const {
  if (classes.empty()) {
    const bool is_one = class_index >= 0 && std::size_t(class_index) < effects.targets;
    return is_one ? std::optional(std::size_t(class_index)) : std::nullopt;
  }
  const auto found = std::ranges::find(classes, class_index);
  if (found == classes.end()) return std::nullopt;
  return std::size_t(found - classes.begin());
}

}  // namespace tessera::attribution
