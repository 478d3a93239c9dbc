#include "model/model_impl.h"

#include <algorithm>

#include "model/extract.h"
#include "model/finite_values.h"
#include "model/fuse_convolutions.h"
#include "model/preprocess.h"
#include "tessera/base/error.h"

namespace tessera::model {
namespace {

// A program holds no weights of its own; this many cover what views ask for in turn.
constexpr std::size_t most_kept = 16;

}  // namespace

const LayerValue& Model::Impl::layer(std::string_view name) const {
  if (const LayerValue* found = flat.find_layer(name)) return *found;
  throw Error("the model has no layer \"" + std::string(name) + "\"", card.file.string(),
              "`tessera inspect` lists its layers");
}

at::Tensor Model::Impl::input_of(const Image& picture) const {
  return preprocess(picture, card.preprocessing, device);
}

const Program& Model::Impl::program(std::span<jit::Value* const> inputs,
                                    std::span<jit::Value* const> outputs) {
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
    return std::equal(inputs.begin(), inputs.end(), kept.inputs.begin(), kept.inputs.end()) &&
           std::equal(outputs.begin(), outputs.end(), kept.outputs.begin(), kept.outputs.end());
  });
  if (found != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, found);
  } else {
    Extract part = extract(*flat.graph, inputs, outputs);
    if (device.is_cpu()) {
      if (!finite_) finite_ = finite_values(flat);
      fuse_convolutions(part, flat, *finite_, kernels);
    }
    kept_.push_front({{inputs.begin(), inputs.end()}, {outputs.begin(), outputs.end()}, Program(part.graph)});
    if (kept_.size() > most_kept) kept_.pop_back();
  }
  return kept_.front().program;
}

void Model::Impl::forget_programs() {
  kept_.clear();
  finite_.reset();
  runs_in_batches_.clear();
}

bool Model::Impl::runs_in_batches(jit::Value* from, const at::Tensor& value, const at::Tensor& input) {
  if (!flat.decisions.empty()) return false;  // which are made for a picture, not for a batch
  const auto [known, is_new] = runs_in_batches_.try_emplace(from, false);
  if (!is_new) return known->second;
  const at::NoGradGuard no_grad;
  const bool whole = from == flat.picture;
  const std::vector<jit::Value*> inputs = whole ? std::vector{flat.picture} : std::vector{flat.picture, from};
  const auto run = [&](const at::Tensor& values) {
    const at::Tensor pictures = whole ? values : input.expand({values.size(0), -1, -1, -1});
    const std::vector<at::Tensor> arguments = whole ? std::vector{values} : std::vector{pictures, values};
    return program(inputs, std::array{flat.logits}).run(arguments)[0];
  };
  try {
    // A path's points are the value scaled down. Another one is turned round and shifted, and not negative
    // where the value is not.
    const std::vector<at::Tensor> ones{value, value * .3, value.amax() * 1.1 - value.flip({-1}) * .6};
    const at::Tensor all = at::cat(ones);
    const at::Tensor batch = all.dim() == 4 ? all.contiguous(at::MemoryFormat::ChannelsLast) : all;
    const at::Tensor together = run(batch);
    std::vector<at::Tensor> apart;
    for (const at::Tensor& one : ones) apart.push_back(run(one));
    const at::Tensor expected = at::cat(apart);
    // Batches are computed in another order: to some digits, no more.
    constexpr double rounding = 1e-4;
    known->second =
        together.sizes() == expected.sizes() &&
        (together - expected).abs().max().item<double>() <= rounding * expected.abs().max().item<double>();
  } catch (const c10::Error&) {
  } catch (const std::runtime_error&) {  // the interpreter's own
  }
  return runs_in_batches_.at(from);
}

bool Model::Impl::follows(const at::Tensor& input) {
  if (flat.decisions.empty()) return true;
  const at::NoGradGuard no_grad;
  // One after the other: what the second computes may only make sense where the first was as it was.
  for (const Decision& decision : flat.decisions) {
    const c10::IValue found =
        program(std::array{flat.picture}, std::array{decision.value}).run_values({input})[0];
    if (!decision.is_as(found)) return false;
  }
  return true;
}

void Model::Impl::check_follows(const at::Tensor& input) {
  if (follows(input)) return;
  throw Error("the network takes another branch on this picture than on the one it was opened with",
              card.file.string(), "Open the network for this picture");
}

}  // namespace tessera::model
