#pragma once

#include <list>
#include <map>

#include "attribution/linearised.h"
#include "attribution/reading.h"
#include "model/model_impl.h"
#include "tessera/attribution/sweeps.h"

namespace tessera::attribution {

// One picture's recorded forward pass, and its derivatives under the rules that were asked for.
struct Recorded {
  Image picture;
  std::shared_ptr<const Recording> recording;
  std::list<std::pair<GradientRules, std::unique_ptr<Linearised>>> derivatives;  // the last used first
  std::map<std::string, std::shared_ptr<const Cube>> cubes;                      // by the layer's own name
};

struct Sweeps::Impl {
  explicit Impl(model::Model& of) : model(of.impl()), network(model.flat) {}

  model::Model::Impl& model;
  Network network;

  Recorded& recorded(const Image& picture);
  Linearised& derivatives(Recorded& recorded, const GradientRules& rules);
  std::shared_ptr<const Cube> cube(Recorded& recorded, const model::LayerValue& layer);

  // Cubes as a layer's tensor; prefix tokens are the picture's.
  at::Tensor tensor_of(const Recorded& recorded, const model::LayerValue& layer, std::span<const Cube> cubes);

  // How many elements of a batch fit: of what is computed after `source`, `held` such values are alive at
  // once, or all of them where everything is recorded.
  std::size_t chunk_size(const Recorded& recorded, const jit::Value* source, bool all_recorded,
                         const Control& control) const;
  // The same for batches through the network itself, of which some networks take only one.
  std::size_t network_chunk(Recorded& recorded, const jit::Value* source, bool keep, const Control& control);

 private:
  std::list<Recorded> recorded_;  // the last used first
};

// Throws Error unless `later` may depend on `layer`: where it is computed before it.
void check_order(const Network& network, const model::LayerValue& layer, const jit::Value* later,
                 const std::string& later_name);

// Throws Error where a number is not finite.
void check_finite(std::span<const float> values, const std::string& where);

}  // namespace tessera::attribution
