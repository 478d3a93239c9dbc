#pragma once

#include <cstdint>
#include <vector>

#include "attribution/recording.h"
#include "tessera/attribution/objective.h"
#include "tessera/attribution/sweeps.h"

namespace tessera::attribution {

// An objective at a recording: what it reads, its gradient there and its value for each element of the batch.
struct Reading {
  const jit::Value* value = nullptr;
  at::Tensor gradient;  // [1, P, *shape of one]
  std::vector<float> values;
};

// `picture` fixes what is held constant (the direction of a position's vector); `points` is where it is read.
// Throws Error where the model lacks what the objective names.
Reading read(const Objective& objective, const model::FlatGraph& flat, const Recording& picture,
             const Recording& points);

// What it reads.
const jit::Value* value_of(const Objective& objective, const model::FlatGraph& flat);
const model::LayerValue& layer_value(const model::FlatGraph& flat, const std::string& name);

// Throws Error unless there is such a class.
void check_class(int index, std::int64_t classes);

// The weights that a class-free target is read with: unit vectors for positions and the whole cube, ones for
// channels and neurons.
Cube class_free_weights(const Cube& cube, const Atoms& atoms);

// A group's cube at length one; zero where it is zero.
Cube unit_group(const Group& group, int height, int width, int channels);

}  // namespace tessera::attribution
