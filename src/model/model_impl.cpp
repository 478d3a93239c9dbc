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
  runs_in_batches_.reset();
}

bool Model::Impl::runs_in_batches(const at::Tensor& input) {
  if (runs_in_batches_) return *runs_in_batches_;
  const at::NoGradGuard no_grad;
  const Program& whole = program(std::array{flat.picture}, std::array{flat.logits});
  const at::Tensor mirrored = input.flip(3);
  try {
    const at::Tensor batch = at::cat({input, mirrored}).contiguous(at::MemoryFormat::ChannelsLast);
    const at::Tensor together = whole.run({batch})[0];
    const at::Tensor apart = at::cat({whole.run({input})[0], whole.run({mirrored})[0]});
    runs_in_batches_ = at::allclose(together, apart, 1e-3, 1e-3);
  } catch (const c10::Error&) {
    runs_in_batches_ = false;
  } catch (const std::runtime_error&) {  // the interpreter's own
    runs_in_batches_ = false;
  }
  return *runs_in_batches_;
}

}  // namespace tessera::model
