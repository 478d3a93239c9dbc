#pragma once

#include <memory>
#include <string>

#include "tessera/attribution/atoms.h"
#include "tessera/model/layer.h"
#include "tessera/model/layer_change.h"

namespace tessera::session {

// Atoms of a layer that a network does without, whatever picture it sees: channels, positions and neurons are
// zero there; of a group, its own cube is taken away, which may leave less than zero.
struct Removal {
  std::string layer;
  attribution::Atoms atoms;
  std::string name;  // for a person: "channel 17 of blocks.8.expand"
  std::string key;   // equal for equal layers and atoms, else different
};

// With its key, which takes time in proportion to the atoms' numbers: once for each removal.
std::shared_ptr<const Removal> removal_of(std::string layer, attribution::Atoms atoms, std::string name);

// The same as the model module takes it. Throws Error where the layer has no such atom, and for the residual
// of groups, which is another for each picture.
model::LayerChange change_of(const Removal& removal, const model::LayerInfo& layer);

}  // namespace tessera::session
