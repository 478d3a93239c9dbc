#include "model/flatten/operations.h"

#include <algorithm>

#include "model/flatten/adapt.h"
#include "model/flatten/collections.h"
#include "model/flatten/in_place.h"
#include "model/flatten/run_node.h"
#include "model/side_effects.h"

namespace tessera::model {
namespace {

bool writes_to_a_collection(const c10::FunctionSchema& schema) {
  return std::any_of(schema.arguments().begin(), schema.arguments().end(), [](const c10::Argument& argument) {
    return argument.alias_info() && argument.alias_info()->isWrite() &&
           !argument.type()->isSubtypeOf(*c10::TensorType::get());
  });
}

// Whether a value is made of tensors and numbers, as those of a flat graph are.
bool holds_numbers(const c10::IValue& value) {
  if (value.isTensor() || value.isScalar() || value.isBool()) return true;
  if (value.isList()) {
    const c10::TypePtr element = value.toList().elementType();
    return element->kind() != c10::TypeKind::StringType && element->kind() != c10::TypeKind::AnyType;
  }
  return value.isTuple();
}

// Records which results look into the first input, so that later changes in place reach both.
void record_view(const jit::Node& node, const std::vector<Traced>& inputs, const std::vector<Traced>& results,
                 Emitter& emitter) {
  if (inputs.empty() || !inputs[0].value.isTensor() || !inputs[0].value.toTensor().defined()) return;
  const at::Tensor base = inputs[0].value.toTensor();
  const auto record = [&](const Traced& result, bool replayable) {
    if (!result.value.isTensor() || !result.value.toTensor().defined()) return;
    const at::Tensor tensor = result.value.toTensor();
    if (tensor.is_same(base) || !tensor.has_storage() || !base.has_storage() || !tensor.is_alias_of(base))
      return;
    emitter.ledger().define_view(tensor, ViewOf{base, node.kind(), inputs, replayable});
  };
  for (const Traced& result : results) {
    record(result, results.size() == 1);
    if (result.elements && result.value.isTensorList())
      for (const Traced& element : *result.elements) record(element, false);
  }
}

// Operations on lists of numbers that nothing of the flat graph needs (sort, remove …): their elements become
// constants.
std::vector<Traced> run_on_collections(const jit::Node& node, std::vector<Traced>& inputs) {
  for (const Traced& input : inputs)
    if (holds_tensors(input))
      throw Unsupported(std::string("changes a list of tensors with ") + node.kind().toQualString());
  std::vector<Traced> results;
  for (c10::IValue& output : run_node(node, inputs)) results.push_back(wrap(std::move(output)));
  for (Traced& input : inputs)
    if (input.elements) *input.elements = *wrap(input.value).elements;
  return results;
}

}  // namespace

std::vector<Traced> run_operation(const jit::Node& node, std::vector<Traced> inputs, Emitter& emitter,
                                  NoiseLedger& noise, std::set<std::string>& notes) {
  if (auto results = run_collection(node, inputs)) return *results;
  refuse_side_effect(node.kind().toQualString());
  const c10::FunctionSchema* schema = node.maybeSchema();
  if (!schema)
    throw Unsupported(std::string("uses ") + node.kind().toQualString() + ", which LibTorch does not have");

  const Treatment treatment = adapt_arguments(*schema, inputs, emitter, notes);
  if (treatment == Treatment::pass) {
    if (schema->returns().size() == 1) return {inputs[0]};
    return {inputs[0],
            wrap(at::ones_like(inputs[0].value.toTensor(), at::kBool))};  // native_dropout: what it kept
  }
  if (auto results = noise.run(node, inputs, emitter, notes)) return *results;
  if (const int written = written_argument(*schema); written >= 0)
    return run_in_place(node, written, inputs, emitter, [&] { return run_node(node, inputs); });
  if (writes_to_a_collection(*schema)) return run_on_collections(node, inputs);

  const bool constant = std::all_of(inputs.begin(), inputs.end(),
                                    [&](const Traced& input) { return emitter.is_constant(input); });
  std::vector<c10::IValue> outputs = run_node(node, inputs);
  std::vector<Traced> results;
  // Texts are written while the program is followed; the flat graph computes numbers.
  const bool words = std::all_of(outputs.begin(), outputs.end(),
                                 [](const c10::IValue& output) { return !holds_numbers(output); });
  if (constant || words || treatment == Treatment::run_constant) {
    for (c10::IValue& output : outputs) results.push_back(wrap(std::move(output)));
    record_view(node, inputs, results, emitter);
    return results;
  }
  if (outputs.size() == 1 && outputs[0].isTensor() && outputs[0].toTensor().defined() &&
      inputs[0].value.isTensor()) {
    const at::Tensor result = outputs[0].toTensor();
    if (result.is_same(inputs[0].value.toTensor()))
      return {inputs[0]};  // nothing to do: `to` the type that it has
    if (treatment == Treatment::copy) {
      jit::Value* symbol = emitter.materialize(inputs[0]);
      emitter.ledger().define(result, symbol);
      Traced traced;
      traced.value = result;
      return {traced};
    }
  }
  std::vector<Traced> written = inputs;
  const c10::Symbol kind = normal_form(node.kind(), written);
  results = emitter.emit(kind, written, outputs, &node);
  record_view(node, inputs, results, emitter);
  return results;
}

}  // namespace tessera::model
