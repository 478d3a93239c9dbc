#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/flatten/emitter.h"
#include "model/flatten/noise.h"

namespace tessera::model {

// Runs one operation of the program on concrete values, and writes it down where it depends on the network's
// input. Operations with effects outside the program are refused with Error.
std::vector<Traced> run_operation(const jit::Node& node, std::vector<Traced> inputs, Emitter& emitter,
                                  NoiseLedger& noise, std::set<std::string>& notes);

}  // namespace tessera::model
