#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tessera/attribution/atoms.h"
#include "tessera/attribution/method.h"
#include "tessera/engine/query.h"
#include "tessera/model/channel_inputs.h"
#include "tessera/session/references.h"

// What may be asked about what truly happens, and about what a channel is made of.
namespace tessera::session {

struct Ablated {
  std::vector<float> before;  // logits, one for each class
  std::vector<float> after;
};
inline std::size_t memory_cost(const Ablated& value) {
  return sizeof(value) + (value.before.size() + value.after.size()) * sizeof(float);
}

// The network run with atoms of a layer taken away: all classes' logits before and after. All of the atoms
// together, each replaced by its part of the baseline. Of groups (GroupCubes) their own cubes are taken away,
// as `AttributeGroups` predicts it, which may leave values below zero; with the zero baseline alone.
struct Ablate {
  using Result = Ablated;
  static constexpr engine::Lane lane = engine::Lane::inference;
  ModelRef model;
  ImageRef image;
  std::string layer;
  attribution::Atoms atoms;
  attribution::Baseline baseline = attribution::Baseline::zero;
  std::string key() const;
};

// model::channel_inputs.
struct InputsOfChannel {
  using Result = model::ChannelInputs;
  static constexpr engine::Lane lane = engine::Lane::inference;
  ModelRef model;
  ImageRef image;
  std::string layer;
  int channel = 0;
  std::string key() const;
};

}  // namespace tessera::session
