#pragma once

#include <list>
#include <map>
#include <span>

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
  explicit Impl(model::Model& of) : model(of.impl()), network(model.flat, model.kernels) {}

  model::Model::Impl& model;
  Network network;

  Recorded& recorded(const Image& picture);
  Linearised& derivatives(Recorded& recorded, const GradientRules& rules);
  std::shared_ptr<const Cube> cube(Recorded& recorded, const model::LayerValue& layer);
  // Those of several layers at once; `cube` then finds them, and may be asked on several threads.
  void make_cubes(Recorded& recorded, std::span<const model::LayerValue* const> layers);

  // Cubes as a layer's tensor; prefix tokens are the picture's.
  at::Tensor tensor_of(const Recorded& recorded, const model::LayerValue& layer, std::span<const Cube> cubes);

  // How many elements of a batch fit: of what is computed after `source`, `held` such values are alive at
  // once, or all of them where everything is recorded.
  std::size_t chunk_size(const Recorded& recorded, const jit::Value* source, bool all_recorded,
                         const Control& control) const;
  // The same for batches through the network itself, of which some networks take only one.
  std::size_t network_chunk(Recorded& recorded, jit::Value* source, bool keep, const Control& control);

 private:
  std::list<Recorded> recorded_;  // the last used first
};

// Calls task(0) … task(count - 1), which only read what is shared, on all cores: copying is bound by memory,
// of which one core alone cannot use all. Rethrows what one of them throws.
template <typename Task>
void on_all_cores(std::size_t count, const Task& task) {
  const std::int64_t threads = at::get_num_threads();
  at::parallel_for(0, threads, 1, [&](std::int64_t first, std::int64_t last) {
    const at::AutoGradMode disabled(false);
    // In turns, as layers get smaller from the first to the last.
    for (std::int64_t thread = first; thread < last; ++thread)
      for (std::size_t i = std::size_t(thread); i < count; i += std::size_t(threads)) task(i);
  });
}

// Throws Error unless `later` may depend on `layer`: where it is computed before it.
void check_order(const Network& network, const model::LayerValue& layer, const jit::Value* later,
                 const std::string& later_name);

// Throws Error where a number is not finite.
void check_finite(std::span<const float> values, const std::string& where);

}  // namespace tessera::attribution
