#include "tessera/model/model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "model/change_layer.h"
#include "model/cube_tensor.h"
#include "model/model_impl.h"
#include "model/surprise.h"
#include "model/verdict.h"
#include "tessera/base/error.h"

namespace tessera::model {
namespace {

// One capture copies no more than this; all layers of a ResNet-152 at 224×224 are a third of it.
constexpr std::size_t most_captured_bytes = std::size_t(1) << 30;
// Elements of a batch that run together: more gain nothing on a CPU and take memory in proportion.
constexpr std::size_t largest_batch = 32;

std::vector<float> to_vector(const at::Tensor& tensor) {
  const at::Tensor values = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
  return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

std::vector<float> softmax(const std::vector<float>& logits) {
  const float largest = *std::max_element(logits.begin(), logits.end());
  std::vector<float> probabilities(logits.size());
  double total = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) total += probabilities[i] = std::exp(logits[i] - largest);
  for (float& probability : probabilities) probability = float(probability / total);
  return probabilities;
}

}  // namespace

Model::Model(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Model::~Model() = default;

const ModelCard& Model::card() const { return impl_->card; }

bool Model::follows(const Image& picture) {
  return impl_->flat.decisions.empty() || impl_->follows(impl_->input_of(picture));
}

void Model::change_layer(const LayerChange& change) {
  model::change_layer(impl_->flat, change, impl_->device);
  impl_->changed = true;
  impl_->forget_programs();
}

Capture Model::capture(const Image& picture, std::span<const std::string> layers) {
  const at::NoGradGuard no_grad;
  std::vector<jit::Value*> values{impl_->flat.logits};
  std::size_t bytes = 0;
  for (const std::string& name : layers) {
    const LayerValue& layer = impl_->layer(name);
    if (std::find(values.begin(), values.end(), layer.value) != values.end()) continue;
    values.push_back(layer.value);
    bytes += layer.info.neurons() * sizeof(float);
  }
  if (bytes > most_captured_bytes)
    throw Error("these layers together take more than a gigabyte", std::to_string(layers.size()) + " layers",
                "Ask for fewer");

  const FirstNorm& norm = impl_->flat.first_norm;
  if (norm.value && std::find(values.begin(), values.end(), norm.value) == values.end())
    values.push_back(norm.value);

  const at::Tensor input = impl_->input_of(picture);
  impl_->check_follows(input);
  const std::vector<at::Tensor> outputs =
      impl_->program(std::array{impl_->flat.picture}, values).run({input});
  Capture capture;
  capture.logits = to_vector(outputs[0]);
  const auto output_of = [&](const jit::Value* value) -> const at::Tensor& {
    return outputs[std::size_t(std::find(values.begin(), values.end(), value) - values.begin())];
  };
  if (norm.value) capture.surprise = measure_surprise(output_of(norm.value), norm);
  std::unordered_map<const jit::Value*, std::shared_ptr<const Cube>> cubes;
  for (const std::string& name : layers) {
    const LayerValue& layer = impl_->layer(name);
    std::shared_ptr<const Cube>& cube = cubes[layer.value];
    if (!cube) cube = std::make_shared<const Cube>(to_cube(output_of(layer.value), layer));
    capture.cubes[name] = cube;
  }
  return capture;
}

std::vector<std::vector<float>> Model::run_from(const std::string& name, std::span<const Cube> cubes,
                                                const Image& picture) {
  const at::NoGradGuard no_grad;
  const LayerValue& layer = impl_->layer(name);
  const FlatGraph& flat = impl_->flat;
  const at::Tensor input = impl_->input_of(picture);
  impl_->check_follows(input);
  const bool whole = layer.value == flat.picture;
  at::Tensor original;
  if (layer.info.prefix_tokens > 0)
    original = impl_->program(std::array{flat.picture}, std::array{layer.value}).run({input})[0];
  bool in_batches = false;
  if (cubes.size() > 1) {
    const at::Tensor value =
        whole ? input : impl_->program(std::array{flat.picture}, std::array{layer.value}).run({input})[0];
    in_batches = impl_->runs_in_batches(layer.value, value, input);
  }
  const std::size_t step = in_batches ? largest_batch : 1;
  std::vector<std::vector<float>> scores;
  for (std::size_t first = 0; first < cubes.size(); first += step) {
    const std::span<const Cube> batch = cubes.subspan(first, std::min(step, cubes.size() - first));
    const at::Tensor replaced = from_cubes(batch, layer, original, impl_->device);
    std::vector<at::Tensor> logits;
    if (whole) {
      logits = impl_->program(std::array{flat.picture}, std::array{flat.logits}).run({replaced});
    } else {
      // Networks read the batch size from their input, and by-passes the rest of it.
      const at::Tensor inputs = input.expand({std::int64_t(batch.size()), -1, -1, -1});
      logits = impl_->program(std::array{flat.picture, layer.value}, std::array{flat.logits})
                   .run({inputs, replaced});
    }
    for (std::int64_t i = 0; i < std::int64_t(batch.size()); ++i) scores.push_back(to_vector(logits[0][i]));
  }
  return scores;
}

Classification Model::classify(const Capture& capture) const {
  Classification verdict;
  if (capture.logits.empty()) return verdict;
  const ModelCard& card = impl_->card;
  const std::vector<float> probabilities = softmax(capture.logits);
  std::vector<int> order(capture.logits.size());
  std::iota(order.begin(), order.end(), 0);
  // Numbers that are none come last, so that the order is one.
  const auto key = [&](int i) {
    const float logit = capture.logits[std::size_t(i)];
    return std::isnan(logit) ? -std::numeric_limits<float>::infinity() : logit;
  };
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return key(a) > key(b); });
  for (const int index : order) {
    const auto i = std::size_t(index);
    verdict.classes.push_back({index,
                               i < card.labels.size() ? card.labels[i] : "class " + std::to_string(index),
                               capture.logits[i], probabilities[i]});
  }
  verdict.warnings = find_faults(card, capture, probabilities);
  return verdict;
}

}  // namespace tessera::model
