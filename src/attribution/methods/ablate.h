#pragma once

#include "tessera/attribution/method.h"

namespace tessera::attribution {

// The fall of an objective for each of the atoms, taken away from the layer one at a time: replaced by the
// baseline, a group's cube by nothing or by its own mean over positions.
std::vector<float> ablate(Sweeps& sweeps, const Image& picture, const std::string& layer, const Atoms& atoms,
                          const Objective& objective, Baseline baseline, const Control& control);

// The neurons with the largest magnitudes, largest first; as many as there are at most.
ChosenNeurons largest_neurons(const Cube& cube, std::size_t most);

}  // namespace tessera::attribution
