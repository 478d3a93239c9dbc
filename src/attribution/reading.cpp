#include "attribution/reading.h"

#include <cmath>

#include "attribution/layer_frame.h"
#include "model/cube_tensor.h"
#include "tessera/base/error.h"

namespace tessera::attribution {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::vector<float> to_vector(const at::Tensor& tensor) {
  const at::Tensor values = tensor.to(at::kCPU, at::kFloat).contiguous();
  return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

void check_channel(const model::LayerInfo& layer, int channel) {
  if (channel < 0 || channel >= layer.channels)
    throw Error("there is no channel " + std::to_string(channel), layer.name,
                "Choose one from 0 to " + std::to_string(layer.channels - 1));
}

void check_position(const model::LayerInfo& layer, int y, int x) {
  if (y < 0 || y >= layer.height || x < 0 || x >= layer.width)
    throw Error("there is no position " + std::to_string(y) + ", " + std::to_string(x), layer.name,
                "The layer has " + std::to_string(layer.height) + " × " + std::to_string(layer.width));
}

void normalise(std::span<float> values) {
  double squares = 0;
  for (const float value : values) squares += double(value) * value;
  if (squares == 0) return;
  const double scale = 1 / std::sqrt(squares);
  for (float& value : values) value = float(value * scale);
}

// What an objective of a layer multiplies the layer's cube by.
Cube layer_weights(const Objective& objective, const model::LayerInfo& layer, const Cube& picture) {
  Cube weights(layer.height, layer.width, layer.channels);
  std::visit(
      Overloaded{[&](const ChannelSum& o) {
                   check_channel(layer, o.channel);
                   for (std::size_t p = 0; p < weights.positions(); ++p)
                     weights.values[p * std::size_t(layer.channels) + std::size_t(o.channel)] = 1;
                 },
                 [&](const Neuron& o) {
                   check_channel(layer, o.channel);
                   check_position(layer, o.y, o.x);
                   weights.at(o.y, o.x, o.channel) = 1;
                 },
                 [&](const PositionNorm& o) {
                   check_position(layer, o.y, o.x);
                   const auto vector = picture.position(o.y, o.x);
                   const auto target = weights.values.begin() + std::ptrdiff_t(weights.index(o.y, o.x, 0));
                   std::copy(vector.begin(), vector.end(), target);
                   normalise({&*target, vector.size()});
                 },
                 [&](const GroupActivation& o) {
                   const Group group{o.map, o.direction};
                   check(GroupCubes{{group}, false}, layer.height, layer.width, layer.channels, layer.name);
                   weights = unit_group(group, layer.height, layer.width, layer.channels);
                 },
                 [](const auto&) {}},
      objective);
  return weights;
}

Reading read_logits(const Objective& objective, const jit::Value* value, const at::Tensor& logits) {
  Reading reading{value, at::zeros_like(logits), {}};
  const std::int64_t classes = logits.size(1);
  std::visit(Overloaded{[&](const ClassLogit& o) {
                          check_class(o.index, classes);
                          reading.gradient.select(1, o.index).fill_(1);
                          reading.values = to_vector(logits.select(1, o.index));
                        },
                        [&](const LogitDifference& o) {
                          check_class(o.plus, classes);
                          check_class(o.minus, classes);
                          reading.gradient.select(1, o.plus).add_(1);
                          reading.gradient.select(1, o.minus).sub_(1);
                          reading.values = to_vector(logits.select(1, o.plus) - logits.select(1, o.minus));
                        },
                        [&](const LogProbability& o) {
                          check_class(o.index, classes);
                          const at::Tensor logarithms = at::log_softmax(logits, 1);
                          reading.gradient = -logarithms.exp();
                          reading.gradient.select(1, o.index).add_(1);
                          reading.values = to_vector(logarithms.select(1, o.index));
                        },
                        [](const auto&) {}},
             objective);
  reading.gradient = reading.gradient.unsqueeze(0);
  return reading;
}

}  // namespace

void check_class(int index, std::int64_t classes) {
  if (index < 0 || index >= classes)
    throw Error("there is no class " + std::to_string(index),
                "the model has " + std::to_string(classes) + " classes",
                "Choose one from 0 to " + std::to_string(classes - 1));
}

const model::LayerValue& layer_value(const model::FlatGraph& flat, const std::string& name) {
  if (const model::LayerValue* found = flat.find_layer(name)) return *found;
  throw Error("the model has no layer \"" + name + "\"", "attribution", "`tessera inspect` lists its layers");
}

const jit::Value* value_of(const Objective& objective, const model::FlatGraph& flat) {
  const std::string& name = layer_of(objective);
  return name.empty() ? flat.logits : layer_value(flat, name).value;
}

Reading read(const Objective& objective, const model::FlatGraph& flat, const Recording& picture,
             const Recording& points) {
  const std::string& name = layer_of(objective);
  if (name.empty()) return read_logits(objective, flat.logits, points.tensor(flat.logits));
  const model::LayerValue& layer = layer_value(flat, name);
  const LayerFrame frame(layer, picture.tensor(layer.value));
  const Cube weights =
      layer_weights(objective, layer.info, model::to_cube(picture.tensor(layer.value), layer));
  const at::Tensor once = frame.to_batch(frame.tensor_of(weights).unsqueeze(0));  // [1, 1, *shape]
  const at::Tensor there = points.tensor(layer.value);
  Reading reading{layer.value, once.expand_as(there.unsqueeze(0)), {}};
  reading.values = to_vector((there * once[0]).flatten(1).sum(1, false, at::kDouble));
  return reading;
}

Cube class_free_weights(const Cube& cube, const Atoms& atoms) {
  Cube weights = cube;
  if (std::holds_alternative<Whole>(atoms)) {
    normalise(weights.values);
  } else if (std::holds_alternative<AllPositions>(atoms) || std::holds_alternative<ChosenPositions>(atoms)) {
    for (std::size_t p = 0; p < cube.positions(); ++p)
      normalise({weights.values.data() + p * std::size_t(cube.channels), std::size_t(cube.channels)});
  } else {
    std::fill(weights.values.begin(), weights.values.end(), 1.f);
  }
  return weights;
}

Cube unit_group(const Group& group, int height, int width, int channels) {
  Cube cube(height, width, channels);
  for (std::size_t p = 0; p < cube.positions(); ++p)
    for (std::size_t c = 0; c < std::size_t(channels); ++c)
      cube.values[p * std::size_t(channels) + c] = group.map[p] * group.direction[c];
  normalise(cube.values);
  return cube;
}

}  // namespace tessera::attribution
