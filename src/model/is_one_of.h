#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace tessera::model {

template <std::size_t n>
bool is_one_of(std::string_view name, const std::array<std::string_view, n>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace tessera::model
