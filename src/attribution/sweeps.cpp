#include "tessera/attribution/sweeps.h"

#include <numeric>

#include "attribution/layer_frame.h"
#include "attribution/sweeps_impl.h"
#include "model/cube_tensor.h"
#include "tessera/base/error.h"

namespace tessera::attribution {
namespace {

std::string name_of(const Objective& objective) {
  return layer_of(objective).empty() ? "the logits" : layer_of(objective);
}

// Layers with their gradients, from tensors [1, P, *shape] that are averaged over P.
class Gradients {
 public:
  Gradients(Sweeps::Impl& impl, Recorded& recorded, std::span<const std::string> names,
            const Objective& objective)
      : impl_(impl), recorded_(recorded), names_(names.begin(), names.end()) {
    const jit::Value* target = value_of(objective, impl.network.flat());
    for (const std::string& name : names) {
      layers_.push_back(&layer_value(impl.network.flat(), name));
      check_order(impl.network, *layers_.back(), target, name_of(objective));
      values_.push_back(layers_.back()->value);
    }
    sums_.resize(names.size());
  }

  const std::vector<const jit::Value*>& values() const { return values_; }

  void add(const std::vector<at::Tensor>& gradients) {
    for (std::size_t i = 0; i < gradients.size(); ++i) {
      if (!gradients[i].defined()) continue;
      const LayerFrame frame(*layers_[i], recorded_.recording->tensor(layers_[i]->value));
      const at::Tensor cubes = frame.to_cubes(gradients[i]).squeeze(0);
      const at::Tensor sum = cubes.size(0) == 1 ? cubes[0] : cubes.sum(0);
      sums_[i] = sums_[i].defined() ? sums_[i] + sum : sum;
    }
  }

  std::vector<LayerGradient> mean(std::size_t points, std::vector<std::string>& remarks) const {
    std::vector<LayerGradient> result(layers_.size());
    impl_.make_cubes(recorded_, layers_);
    on_all_cores(layers_.size(), [&](std::size_t i) {
      result[i] = {names_[i], impl_.cube(recorded_, *layers_[i]), gradient(i, points), sums_[i].defined()};
    });
    for (const LayerGradient& layer : result)
      if (!layer.influences) remarks.push_back(layer.layer + " does not influence the objective");
    return result;
  }

 private:
  std::shared_ptr<const Cube> gradient(std::size_t i, std::size_t points) const {
    const model::LayerInfo& info = layers_[i]->info;
    if (!sums_[i].defined())
      return std::make_shared<const Cube>(Cube(info.height, info.width, info.channels));
    const LayerFrame frame(*layers_[i], recorded_.recording->tensor(layers_[i]->value));
    Cube mean = frame.cube_of(points == 1 ? sums_[i] : sums_[i] / double(points));
    check_finite(mean.values, names_[i]);
    return std::make_shared<const Cube>(std::move(mean));
  }

  Sweeps::Impl& impl_;
  Recorded& recorded_;
  std::vector<std::string> names_;
  std::vector<const model::LayerValue*> layers_;
  std::vector<const jit::Value*> values_;
  std::vector<at::Tensor> sums_;  // [H,W,C]
};

}  // namespace

Sweeps::Sweeps(model::Model& model) : impl_(std::make_unique<Impl>(model)) {}
Sweeps::~Sweeps() = default;

Pullback Sweeps::pullback(const Image& picture, const Objective& objective,
                          std::span<const std::string> layers, const GradientRules& rules,
                          const Control& control) {
  const at::AutoGradMode disabled(false);
  control.throw_if_cancelled();
  control.report(0, "forward pass");
  Recorded& recorded = impl_->recorded(picture);
  Gradients gradients(*impl_, recorded, layers, objective);
  const Reading reading = read(objective, impl_->network.flat(), *recorded.recording, *recorded.recording);
  check_finite(reading.values, name_of(objective));
  control.throw_if_cancelled();
  control.report(.4f, "backward pass");
  Linearised& derivatives = impl_->derivatives(recorded, rules);
  const Linearised::Seed seed{reading.value, reading.gradient};
  gradients.add(derivatives.backward(std::span(&seed, 1), gradients.values(), control.stop));
  Pullback result;
  result.value = reading.values[0];
  result.note = {derivatives.engine(), Direction::backward, rules, 1, {}};
  result.layers = gradients.mean(1, result.note.remarks);
  control.report(1, "done");
  return result;
}

MeanGradients Sweeps::gradients_at(const Image& picture, const std::string& name,
                                   std::span<const Cube> points, const Objective& objective,
                                   std::span<const std::string> layers, const GradientRules& rules,
                                   const Control& control) {
  const at::AutoGradMode disabled(false);
  if (points.empty()) throw Error("no points were given to take gradients at", name, "Give one cube or more");
  Recorded& recorded = impl_->recorded(picture);
  const model::LayerValue& layer = layer_value(impl_->network.flat(), name);
  const jit::Value* target = value_of(objective, impl_->network.flat());
  check_order(impl_->network, layer, target, name_of(objective));
  Gradients gradients(*impl_, recorded, layers, objective);
  for (const std::string& asked : layers)
    check_order(impl_->network, layer, layer_value(impl_->network.flat(), asked).value, asked);

  MeanGradients result;
  result.note = {Engine::linearised, Direction::backward, rules, points.size(), {}};
  const std::size_t step = impl_->network_chunk(recorded, layer.value, true, control);
  for (std::size_t first = 0; first < points.size(); first += step) {
    control.throw_if_cancelled();
    control.report(float(first) / float(points.size()), "gradients along the path");
    const std::span<const Cube> some = points.subspan(first, std::min(step, points.size() - first));
    const Recording there(impl_->network, *recorded.recording, layer.value,
                          impl_->tensor_of(recorded, layer, some), std::array{target}, true, control.stop);
    const Reading reading = read(objective, impl_->network.flat(), *recorded.recording, there);
    result.values.insert(result.values.end(), reading.values.begin(), reading.values.end());
    Linearised derivatives(impl_->network, there, rules);
    const Linearised::Seed seed{reading.value, reading.gradient};
    gradients.add(derivatives.backward(std::span(&seed, 1), gradients.values(), control.stop));
    result.note.engine = std::max(result.note.engine, derivatives.engine());
  }
  check_finite(result.values, name_of(objective));
  result.layers = gradients.mean(points.size(), result.note.remarks);
  control.report(1, "done");
  return result;
}

std::vector<float> Sweeps::values_at(const Image& picture, const std::string& name,
                                     std::span<const Cube> cubes, const Objective& objective,
                                     const Control& control) {
  const at::AutoGradMode disabled(false);
  Recorded& recorded = impl_->recorded(picture);
  const model::LayerValue& layer = layer_value(impl_->network.flat(), name);
  const jit::Value* target = value_of(objective, impl_->network.flat());
  check_order(impl_->network, layer, target, name_of(objective));
  std::vector<float> values;
  const std::size_t step = impl_->network_chunk(recorded, layer.value, false, control);
  for (std::size_t first = 0; first < cubes.size(); first += step) {
    control.throw_if_cancelled();
    control.report(float(first) / float(cubes.size()), "running the network");
    const std::span<const Cube> some = cubes.subspan(first, std::min(step, cubes.size() - first));
    const Recording there(impl_->network, *recorded.recording, layer.value,
                          impl_->tensor_of(recorded, layer, some), std::array{target}, false, control.stop);
    const Reading reading = read(objective, impl_->network.flat(), *recorded.recording, there);
    values.insert(values.end(), reading.values.begin(), reading.values.end());
  }
  check_finite(values, name_of(objective));
  return values;
}

Cube Sweeps::response(const Image& picture, const std::string& name, const Cube& cube,
                      const std::string& later_name) {
  const at::AutoGradMode disabled(false);
  Recorded& recorded = impl_->recorded(picture);
  const model::LayerValue& layer = layer_value(impl_->network.flat(), name);
  const model::LayerValue& later = layer_value(impl_->network.flat(), later_name);
  check_order(impl_->network, layer, later.value, later_name);
  const Recording there(impl_->network, *recorded.recording, layer.value,
                        impl_->tensor_of(recorded, layer, std::span(&cube, 1)),
                        std::array{static_cast<const jit::Value*>(later.value)}, false);
  return model::to_cube(there.tensor(later.value), later);
}

std::shared_ptr<const Cube> Sweeps::activations(const Image& picture, const std::string& layer) {
  const at::AutoGradMode disabled(false);
  return impl_->cube(impl_->recorded(picture), layer_value(impl_->network.flat(), layer));
}

std::vector<float> Sweeps::logits(const Image& picture) {
  const at::AutoGradMode disabled(false);
  const at::Tensor values = impl_->recorded(picture)
                                .recording->tensor(impl_->network.flat().logits)
                                .to(at::kCPU, at::kFloat)
                                .contiguous();
  return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

}  // namespace tessera::attribution
