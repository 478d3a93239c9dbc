#include "model/flatten/adapt.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "model/is_one_of.h"

namespace tessera::model {
namespace {

constexpr std::array<std::string_view, 10> dropouts{"aten::dropout",
                                                    "aten::native_dropout",
                                                    "aten::_fused_dropout",
                                                    "aten::dropout_",
                                                    "aten::feature_dropout",
                                                    "aten::feature_dropout_",
                                                    "aten::alpha_dropout",
                                                    "aten::alpha_dropout_",
                                                    "aten::feature_alpha_dropout",
                                                    "aten::feature_alpha_dropout_"};
// Drop values, or draw slopes, only where they are told that they train.
constexpr std::array<std::string_view, 7> trained{
    "aten::lstm",  "aten::gru",    "aten::rnn_tanh",        "aten::rnn_relu",
    "aten::rrelu", "aten::rrelu_", "aten::rrelu_with_noise"};
constexpr std::array<std::string_view, 16> answers_about_types{
    "aten::__is__",        "aten::__isnot__",       "aten::dim",          "aten::is_floating_point",
    "aten::is_complex",    "aten::is_contiguous",   "aten::stride",       "prim::dtype",
    "prim::device",        "prim::layout",          "prim::is_cuda",      "prim::is_cpu",
    "prim::requires_grad", "aten::is_grad_enabled", "prim::is_quantized", "prim::type"};
constexpr std::array<std::string_view, 4> copies{"aten::contiguous", "aten::clone", "aten::lift_fresh",
                                                 "aten::lift_fresh_copy"};
constexpr std::array<std::string_view, 4> shapings{"aten::view", "aten::reshape", "aten::expand",
                                                   "aten::_unsafe_view"};

bool is_wide_or_narrow_float(std::int64_t dtype) {
  const auto type = static_cast<c10::ScalarType>(dtype);
  return type == c10::ScalarType::Half || type == c10::ScalarType::Double ||
         type == c10::ScalarType::BFloat16;
}

Traced batch_size_of(const Traced& tensor, Emitter& emitter) {
  return emitter.emit(c10::Symbol::fromQualString("aten::size"), {tensor, wrap(std::int64_t(0))},
                      {tensor.value.toTensor().size(0)})[0];
}

// A tracer writes the batch size of its example into the file: `view(1, -1)`. Where that 1 meets a batch of 1
// it is read from the input instead; where the axis is not the batch it is 1 in every run, and nothing
// changes.
void free_batch_size(std::vector<Traced>& inputs, Emitter& emitter) {
  const Traced& tensor = inputs[0];
  Traced& shape = inputs[1];
  if (emitter.is_constant(tensor) || !shape.elements || shape.elements->empty()) return;
  const at::Tensor value = tensor.value.toTensor();
  const Traced& first = shape.elements->front();
  if (value.dim() < 2 || value.size(0) != 1 || first.symbol || !first.value.isInt() ||
      first.value.toInt() != 1)
    return;
  auto freed = std::make_shared<std::vector<Traced>>(*shape.elements);
  freed->front() = batch_size_of(tensor, emitter);
  shape.elements = std::move(freed);
}

// Likewise a constant (a class token, a grid of coordinates) that is joined to batches.
void spread_constants(std::vector<Traced>& inputs, Emitter& emitter) {
  if (!inputs[0].elements || !inputs[1].value.isInt()) return;
  const Traced* batched = nullptr;
  for (const Traced& element : *inputs[0].elements)
    if (!emitter.is_constant(element)) batched = &element;
  if (!batched || batched->value.toTensor().dim() < 2 || batched->value.toTensor().size(0) != 1) return;
  const std::int64_t rank = batched->value.toTensor().dim();
  if ((inputs[1].value.toInt() + rank) % rank == 0) return;
  auto spread = std::make_shared<std::vector<Traced>>(*inputs[0].elements);
  for (Traced& element : *spread) {
    const at::Tensor tensor = element.value.toTensor();
    if (!emitter.is_constant(element) || tensor.dim() != rank || tensor.size(0) != 1) continue;
    Traced shape = wrap(c10::List<std::int64_t>(std::vector<std::int64_t>(std::size_t(rank), -1)));
    shape.elements->front() = batch_size_of(*batched, emitter);
    element = emitter.emit(c10::Symbol::fromQualString("aten::expand"), {element, shape, wrap(false)},
                           {tensor.expand_as(tensor).alias()})[0];
  }
  inputs[0].elements = std::move(spread);
}

// The first state of a recurrent layer, [layers,batch,features], that the file has as a constant of its
// example's batch.
void spread_states(std::vector<Traced>& inputs, const Traced* batch_first, Emitter& emitter) {
  if (inputs.size() < 2 || !inputs[0].value.isTensor()) return;
  const at::Tensor input = inputs[0].value.toTensor();
  const std::int64_t axis = batch_first && batch_first->value.isBool() && batch_first->value.toBool() ? 0 : 1;
  if (input.dim() != 3) return;
  const auto spread = [&](Traced& state) {
    const at::Tensor tensor = state.value.toTensor();
    // LibTorch does not look, and writes past the end of what is too small.
    if (tensor.dim() != 3 || tensor.size(1) != input.size(axis))
      throw Unsupported("gives a recurrent layer a state of another batch");
    if (!emitter.is_constant(state) || tensor.size(1) != 1 || emitter.is_constant(inputs[0])) return;
    Traced shape = wrap(c10::List<std::int64_t>(std::vector<std::int64_t>{-1, 1, -1}));
    (*shape.elements)[1] = emitter.emit(c10::Symbol::fromQualString("aten::size"), {inputs[0], wrap(axis)},
                                        {std::int64_t(1)})[0];
    state = emitter.emit(c10::Symbol::fromQualString("aten::expand"), {state, shape, wrap(false)},
                         {tensor.alias()})[0];
  };
  if (inputs[1].value.isTensor()) return spread(inputs[1]);
  if (!inputs[1].elements) return;
  auto states = std::make_shared<std::vector<Traced>>(*inputs[1].elements);
  for (Traced& state : *states) spread(state);
  inputs[1].elements = std::move(states);
}

}  // namespace

Treatment adapt_arguments(const c10::FunctionSchema& schema, std::vector<Traced>& inputs, Emitter& emitter,
                          std::set<std::string>& notes) {
  const std::string_view name = schema.name();
  const auto& arguments = schema.arguments();
  const auto argument = [&](std::string_view wanted) -> Traced* {
    for (std::size_t i = 0; i < arguments.size() && i < inputs.size(); ++i)
      if (arguments[i].name() == wanted) return &inputs[i];
    return nullptr;
  };

  if (is_one_of(name, dropouts)) {
    if (const Traced* train = argument("train"); train && train->value.isBool() && train->value.toBool())
      notes.insert(dropout_note);
    return Treatment::pass;
  }
  if ((name == "aten::lstm" || name == "aten::gru" || name == "aten::rnn_tanh" || name == "aten::rnn_relu") &&
      argument("batch_first"))
    spread_states(inputs, argument("batch_first"), emitter);
  if (is_one_of(name, trained))
    for (const char* flag : {"train", "training"})
      if (Traced* training = argument(flag);
          training && training->value.isBool() && training->value.toBool()) {
        *training = wrap(false);
        notes.insert(training_note);
      }
  if (Traced* dropped = argument("dropout_p");
      dropped && dropped->value.isDouble() && dropped->value.toDouble() != 0) {
    *dropped = wrap(0.0);
    notes.insert(dropout_note);
  }
  if (name == "aten::batch_norm") {
    Traced* training = argument("training");
    const Traced* mean = argument("running_mean");
    if (training->value.toBool() && mean && mean->value.isTensor() && mean->value.toTensor().defined()) {
      *training = wrap(false);
      notes.insert(batch_norm_note);
    }
  }
  if (Traced* dtype = argument("dtype");
      dtype && dtype->value.isInt() && is_wide_or_narrow_float(dtype->value.toInt()))
    *dtype = wrap(std::int64_t(c10::ScalarType::Float));
  if (is_one_of(name, answers_about_types)) return Treatment::run_constant;
  if (is_one_of(name, copies)) return Treatment::copy;
  if (is_one_of(name, shapings) && inputs.size() > 1 && inputs[1].value.isIntList())
    free_batch_size(inputs, emitter);
  if (name == "aten::cat" && inputs[0].value.isTensorList()) spread_constants(inputs, emitter);
  return Treatment::run;
}

c10::Symbol normal_form(c10::Symbol kind, std::vector<Traced>& inputs) {
  const std::string_view name = kind.toQualString();
  const auto named = [](const char* other) { return c10::Symbol::fromQualString(other); };
  if ((name == "aten::view" || name == "aten::_unsafe_view") && inputs[1].value.isIntList())
    return named("aten::reshape");
  if (name == "aten::view_as") return named("aten::reshape_as");
  if ((name == "aten::hardtanh" || name == "aten::clamp") && inputs.size() == 3 &&
      inputs[1].value.isScalar() && inputs[2].value.isScalar() && !inputs[1].symbol && !inputs[2].symbol &&
      inputs[1].value.toScalar().toDouble() == 0 && inputs[2].value.toScalar().toDouble() == 6) {
    inputs.resize(1);
    return named("aten::relu6");
  }
  if ((name == "aten::_convolution" || name == "aten::convolution") &&
      inputs[1].value.toTensor().dim() == 4) {
    // input, weight, bias, stride, padding, dilation, transposed, output padding, groups, …
    if (!inputs[6].value.toBool()) {
      inputs = {inputs[0], inputs[1], inputs[2], inputs[3], inputs[4], inputs[5], inputs[8]};
      return named("aten::conv2d");
    }
    inputs = {inputs[0], inputs[1], inputs[2], inputs[3], inputs[4], inputs[7], inputs[8], inputs[5]};
    return named("aten::conv_transpose2d");
  }
  return kind;
}

}  // namespace tessera::model
