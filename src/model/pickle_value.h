#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tessera::model {

// As much of a pickled value as the scan needs to know.
struct PickleValue {
  enum class Kind { other, mark, number, text, global, collection, storage };
  Kind kind = Kind::other;
  std::int64_t number = 0;  // also a storage's count of elements
  std::string text;         // also a global's "module.name"
  std::shared_ptr<std::vector<PickleValue>>
      elements;   // of a tuple or list; shared, as pickle's memo shares them
  int depth = 0;  // of the deepest element
};

}  // namespace tessera::model
