#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "model/flatten/flatten.h"

namespace tessera::model {

struct ValueName {
  std::string name;
  std::vector<std::string> aliases;
};

// Names for the values of a trace.
// - A value that modules return is named by the outermost of them ("blocks.7"); the inner ones
//   ("blocks.7.project") and modules that only pass it on are aliases.
// - The second and later calls of one module count on: "layer1.relu", "layer1.relu#1".
// - A further tensor of the same call: "encoder[1]".
// - A value that is computed in a module but never returned by one is named by its operation, where that is
//   one that people ask for (activations, convolutions, pools, sums, concatenations): "layer1.add",
//   "layer1.relu#2". All names are distinct. Values that get none are not in the result.
std::unordered_map<const jit::Value*, ValueName> name_values(const Trace& trace);

}  // namespace tessera::model
