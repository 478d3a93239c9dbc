#include "tessera/model/channel_inputs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "model/convolution.h"
#include "model/model_impl.h"
#include "tessera/base/error.h"

namespace tessera::model {
namespace {

constexpr std::array<std::string_view, 12> activation_functions{
    "aten::relu", "aten::relu6",   "aten::hardtanh",   "aten::clamp",     "aten::silu",        "aten::gelu",
    "aten::elu",  "aten::sigmoid", "aten::leaky_relu", "aten::hardswish", "aten::hardsigmoid", "aten::tanh"};

// The convolution behind a value; nullptr where something else makes it.
const jit::Node* maker_of(const jit::Value* value) {
  const jit::Node* node = value->node();
  while (std::ranges::find(activation_functions, std::string_view(node->kind().toQualString())) !=
         activation_functions.end())
    node = node->input(0)->node();
  return std::string_view(node->kind().toQualString()) == "aten::conv2d" ? node : nullptr;
}

std::string name_of(const FlatGraph& flat, const jit::Value* value) {
  for (const LayerValue& layer : flat.layers)
    if (layer.value == value) return layer.info.name;
  return {};
}

}  // namespace

ChannelInputs channel_inputs(Model& model, const Image& picture, const std::string& name, int channel) {
  const at::NoGradGuard no_grad;
  Model::Impl& impl = model.impl();
  const LayerValue& layer = impl.layer(name);
  if (channel < 0 || channel >= layer.info.channels)
    throw Error("there is no channel " + std::to_string(channel), name,
                "The layer has " + std::to_string(layer.info.channels));
  const jit::Node* node = maker_of(layer.value);
  const auto convolution = node ? convolution_of(*node) : std::nullopt;
  if (!convolution) throw Error("the channels of this layer are not made by a convolution", name);

  jit::Value* source = const_cast<jit::Node*>(node)->input(0);
  const at::Tensor picture_input = impl.input_of(picture);
  const at::Tensor input =
      source == impl.flat.picture
          ? picture_input
          : impl.program(std::array{impl.flat.picture}, std::array{source}).run({picture_input})[0];
  const at::Tensor kernel = convolution->weight[channel];  // inputs of the group x height x width
  const std::int64_t count = kernel.size(0);
  const std::int64_t first = channel / (convolution->weight.size(0) / convolution->groups) * count;
  // Every input on its own: a depthwise convolution.
  const at::Tensor parts =
      at::conv2d(input.narrow(1, first, count), kernel.unsqueeze(1), {}, convolution->stride,
                 convolution->padding, convolution->dilation, count);
  const at::Tensor means = parts.mean({0, 2, 3}).to(at::kCPU, at::kFloat).contiguous();
  const at::Tensor entries = kernel.reshape({count, -1}).to(at::kCPU, at::kFloat).contiguous();
  const at::Tensor largest = entries.gather(1, entries.abs().argmax(1, true)).contiguous();

  ChannelInputs made;
  made.layer = name_of(impl.flat, source);
  if (convolution->bias.defined()) made.bias = convolution->bias[channel].item<float>();
  for (std::int64_t i = 0; i < count; ++i)
    made.inputs.push_back({int(first + i), largest.data_ptr<float>()[i], means.data_ptr<float>()[i]});
  std::ranges::stable_sort(made.inputs, [](const ChannelInput& a, const ChannelInput& b) {
    return std::abs(a.contribution) > std::abs(b.contribution);
  });
  return made;
}

}  // namespace tessera::model
