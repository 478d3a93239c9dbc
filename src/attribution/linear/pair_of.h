#pragma once

#include <cstdint>
#include <vector>

#include "model/torch.h"

namespace tessera::attribution {

// Height and width of a setting such as a stride, which may be written as one number for both.
inline std::vector<std::int64_t> pair_of(const c10::IValue& value) {
  std::vector<std::int64_t> pair =
      value.isInt() ? std::vector<std::int64_t>{value.toInt()} : value.toIntVector();
  if (pair.size() == 1) pair.push_back(pair[0]);
  return pair;
}

}  // namespace tessera::attribution
