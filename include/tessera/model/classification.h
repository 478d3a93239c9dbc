#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tessera::model {

struct ClassScore {
  int index = 0;
  std::string label;       // "class 17" where the model has no labels
  float logit = 0;         // before softmax
  float probability = 0;   // softmax over all classes
};

// The network's verdict on an image, and what looks wrong about it.
struct Classification {
  std::vector<ClassScore> classes;    // all, by descending logit
  std::vector<std::string> warnings;  // sentences for a person: saturated, constant or non-finite activations …
};

inline std::size_t memory_cost(const Classification& value) {
  return sizeof(value) + value.classes.size() * (sizeof(ClassScore) + 24);
}

}  // namespace tessera::model
