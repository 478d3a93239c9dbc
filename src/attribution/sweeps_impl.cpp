#include "attribution/sweeps_impl.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <set>

#include "model/cube_tensor.h"
#include "tessera/base/error.h"

namespace tessera::attribution {
namespace {

constexpr std::size_t most_pictures = 2;
constexpr std::size_t most_rules = 3;

std::size_t bytes_of(const c10::IValue& value) {
  return value.isTensor() && value.toTensor().defined() ? value.toTensor().nbytes() : 0;
}

}  // namespace

Recorded& Sweeps::Impl::recorded(const Image& picture) {
  const auto found = std::find_if(recorded_.begin(), recorded_.end(),
                                  [&](const Recorded& recorded) { return recorded.picture == picture; });
  if (found != recorded_.end()) {
    recorded_.splice(recorded_.begin(), recorded_, found);
  } else {
    const at::Tensor input = model.input_of(picture);
    model.check_follows(input);
    auto recording = std::make_shared<const Recording>(network, input);
    recorded_.push_front({picture, std::move(recording), {}, {}});
    if (recorded_.size() > most_pictures) recorded_.pop_back();
  }
  return recorded_.front();
}

Linearised& Sweeps::Impl::derivatives(Recorded& recorded, const GradientRules& rules) {
  auto& kept = recorded.derivatives;
  const auto found =
      std::find_if(kept.begin(), kept.end(), [&](const auto& entry) { return entry.first == rules; });
  if (found != kept.end()) {
    kept.splice(kept.begin(), kept, found);
  } else {
    kept.emplace_front(rules, std::make_unique<Linearised>(network, *recorded.recording, rules));
    if (kept.size() > most_rules) kept.pop_back();
  }
  return *kept.front().second;
}

std::shared_ptr<const Cube> Sweeps::Impl::cube(Recorded& recorded, const model::LayerValue& layer) {
  std::shared_ptr<const Cube>& cube = recorded.cubes[layer.info.name];
  if (!cube)
    cube = std::make_shared<const Cube>(model::to_cube(recorded.recording->tensor(layer.value), layer));
  return cube;
}

void Sweeps::Impl::make_cubes(Recorded& recorded, std::span<const model::LayerValue* const> layers) {
  std::vector<std::pair<std::shared_ptr<const Cube>*, const model::LayerValue*>> missing;
  std::set<const void*> seen;
  for (const model::LayerValue* layer : layers) {
    std::shared_ptr<const Cube>& cube = recorded.cubes[layer->info.name];
    if (!cube && seen.insert(&cube).second) missing.emplace_back(&cube, layer);
  }
  on_all_cores(missing.size(), [&](std::size_t i) {
    const model::LayerValue& layer = *missing[i].second;
    *missing[i].first =
        std::make_shared<const Cube>(model::to_cube(recorded.recording->tensor(layer.value), layer));
  });
}

at::Tensor Sweeps::Impl::tensor_of(const Recorded& recorded, const model::LayerValue& layer,
                                   std::span<const Cube> cubes) {
  return model::from_cubes(cubes, layer, recorded.recording->tensor(layer.value), model.device);
}

std::size_t Sweeps::Impl::chunk_size(const Recorded& recorded, const jit::Value* source, bool all_recorded,
                                     const Control& control) const {
  std::size_t largest = 1;
  std::size_t total = 1;
  for (const jit::Value* value : network.downstream(source)) {
    const std::size_t bytes = bytes_of(recorded.recording->at(value));
    largest = std::max(largest, bytes);
    total += bytes;
  }
  // An operation's input and output, and a by-pass.
  constexpr std::size_t alive = 3;
  // Values, and the derivatives of the non-linear ones.
  constexpr std::size_t recorded_each = 2;
  const std::size_t each = all_recorded ? total * recorded_each : largest * alive;
  return std::max<std::size_t>(1, control.memory_budget / each);
}

std::size_t Sweeps::Impl::network_chunk(Recorded& recorded, jit::Value* source, bool keep,
                                        const Control& control) {
  const Recording& recording = *recorded.recording;
  if (!model.runs_in_batches(source, recording.tensor(source), recording.tensor(network.flat().picture)))
    return 1;
  constexpr std::size_t largest_batch = 32;  // more gain nothing on a CPU
  return std::min(largest_batch, chunk_size(recorded, source, keep, control));
}

void check_order(const Network& network, const model::LayerValue& layer, const jit::Value* later,
                 const std::string& later_name) {
  if (later != layer.value && network.downstream(later).contains(layer.value))
    throw Error(
        "\"" + layer.info.name + "\" is computed after \"" + later_name + "\", and so cannot influence it",
        "attribution", "Ask for a layer that comes before it");
}

void check_finite(std::span<const float> values, const std::string& where) {
  // By the bits of the exponent, without a branch: several numbers at a time.
  constexpr std::uint32_t exponent = 0x7f800000;
  bool finite = true;
  for (const float value : values) finite &= (std::bit_cast<std::uint32_t>(value) & exponent) != exponent;
  if (!finite)
    throw Error("the derivatives are not finite numbers", where,
                "The network overflows on this picture; try another picture, layer or method");
}

}  // namespace tessera::attribution
