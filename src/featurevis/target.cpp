#include "featurevis/target.h"

#include <cmath>

#include "featurevis/rectifier.h"
#include "model/layout.h"
#include "tessera/base/error.h"

namespace tessera::featurevis {

Target::Target(model::Model::Impl& model, const std::string& layer, at::ScalarType type)
    : Target(model.flat, before_rectifier(model.layer(layer).value), type) {
  const model::LayerValue& value = model.layer(layer);
  name_ = value.info.name;
  layer_ = value;
  channels_ = value.info.channels;
}

Target Target::logits(model::Model::Impl& model, at::ScalarType type) {
  Target target(model.flat, model.flat.logits, type);
  target.name_ = "the class scores";
  target.logits_ = true;
  target.channels_ = model.card.classes;
  return target;
}

at::Tensor Target::to_positions(const at::Tensor& output) const {
  at::Tensor values = output;
  bool fits = true;
  if (logits_) {
    fits = values.dim() == 2;
    if (fits) values = values.unsqueeze(1).unsqueeze(1);
  } else if (layer_.arrangement == model::Arrangement::tokens && !is_as_recorded(values)) {
    // Another size of picture: a square of the tokens after the others.
    const std::int64_t others = layer_.info.prefix_tokens;
    fits = layer_.patch_tokens.empty() && values.dim() == 3 && values.size(1) > others;
    const auto side = fits ? std::int64_t(std::lround(std::sqrt(double(values.size(1) - others)))) : 0;
    fits = fits && side * side == values.size(1) - others;
    if (fits) values = values.slice(1, others).unflatten(1, {side, side});
  } else {
    fits = values.dim() == (layer_.arrangement == model::Arrangement::tokens ? 3 : 4);
    if (fits) values = model::to_grid(values, layer_, 1);
  }
  if (!fits || values.size(3) != channels_ || values.numel() == 0)
    throw Error("a layer's values have another shape than in the dry run", name_);
  return values.to(at::kCPU, at::kFloat).contiguous();
}

at::Tensor Target::from_positions(const at::Tensor& gradient, const at::Tensor& output) const {
  at::Tensor values = gradient.to(output.device());
  if (logits_) return values.reshape(output.sizes());
  if (layer_.arrangement != model::Arrangement::tokens || is_as_recorded(output))
    return model::from_grid(values, layer_, 1);
  const at::Tensor whole = at::zeros_like(output);
  whole.slice(1, layer_.info.prefix_tokens).copy_(values.flatten(1, 2));
  return whole;
}

bool Target::is_as_recorded(const at::Tensor& tokens) const {
  const model::LayerInfo& info = layer_.info;
  return tokens.dim() == 3 && tokens.size(1) == std::int64_t(info.height) * info.width + info.prefix_tokens;
}

namespace {

void check_vector(const std::vector<float>& values, const std::string& what, const std::string& layer) {
  bool all_zero = true;
  for (const float value : values) {
    if (!std::isfinite(value)) throw Error(what + " holds values that are not finite", layer);
    all_zero = all_zero && value == 0;
  }
  if (all_zero) throw Error(what + " is zero: there is nothing to make an icon of", layer);
}

void check_power(float power, const std::string& layer) {
  if (!(power >= 0 && std::isfinite(power)))
    throw Error("the power of the cosine is to be a number from 0 up", layer);
}

struct Check {
  const model::Model::Impl& model;
  const std::string& layer;

  const model::LayerInfo& info() const { return model.layer(layer).info; }
  void check_channel(int channel) const {
    if (channel < 0 || channel >= info().channels)
      throw Error("there is no channel " + std::to_string(channel), layer,
                  "Its channels are 0 to " + std::to_string(info().channels - 1));
  }
  void operator()(const Channel& objective) const { check_channel(objective.channel); }
  void operator()(const CentreNeuron& objective) const { check_channel(objective.channel); }
  void operator()(const ClassLogit& objective) const {
    if (objective.index < 0 || objective.index >= model.card.classes)
      throw Error("there is no class " + std::to_string(objective.index), model.card.name,
                  "Its classes are 0 to " + std::to_string(model.card.classes - 1));
  }
  void operator()(const Direction& objective) const {
    if (objective.direction.size() != std::size_t(info().channels))
      throw Error("a direction has " + std::to_string(objective.direction.size()) + " values and the layer " +
                      std::to_string(info().channels) + " channels",
                  layer);
    check_vector(objective.direction, "the direction", layer);
    check_power(objective.cosine_power, layer);
  }
  void operator()(const Caricature& objective) const {
    if (objective.height < 1 || objective.width < 1 ||
        objective.values.size() !=
            std::size_t(objective.height) * std::size_t(objective.width) * std::size_t(info().channels))
      throw Error("a caricature's cube does not have the layer's channels", layer);
    check_vector(objective.values, "the cube", layer);
    check_power(objective.cosine_power, layer);
  }
};

}  // namespace

void check(const IconSubject& subject, const model::Model::Impl& model) {
  std::visit(Check{model, subject.layer}, subject.objective);
}

}  // namespace tessera::featurevis
