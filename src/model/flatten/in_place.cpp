#include "model/flatten/in_place.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "model/flatten/adapt.h"

namespace tessera::model {
namespace {

c10::Symbol named(const std::string& name) { return c10::Symbol::fromQualString(name); }

// "aten::relu_" → "aten::relu", "aten::__iadd__" → "aten::__add__".
std::string out_of_place_name(std::string name) {
  if (const auto at = name.find("::__i"); at != std::string::npos && name.ends_with("__"))
    return name.erase(at + 4, 1);
  if (name.ends_with("_") && !name.ends_with("__")) name.pop_back();
  return name;
}

// The whole that a changed piece belongs to, given the old whole and the new piece; null where there are no
// words for it.
jit::Value* put_back(const ViewOf& view, jit::Value* whole, jit::Value* piece, Emitter& emitter) {
  const std::string_view name = view.kind.toQualString();
  const auto with = [&](const char* kind, std::vector<jit::Value*> first) {
    for (std::size_t i = 1; i < view.inputs.size(); ++i) first.push_back(emitter.materialize(view.inputs[i]));
    return emitter.emit_value(named(kind), first, c10::TensorType::get());
  };
  if (!view.replayable) return nullptr;
  if (name == "aten::select") return with("aten::select_scatter", {whole, piece});
  if (name == "aten::slice") return with("aten::slice_scatter", {whole, piece});
  if (name == "aten::transpose") return with("aten::transpose", {piece});
  if (name == "aten::t") return with("aten::t", {piece});
  if (name == "aten::permute" && view.inputs[1].value.isIntList()) {
    const std::vector<std::int64_t> order = view.inputs[1].value.toIntVector();
    std::vector<std::int64_t> back(order.size());
    for (std::size_t i = 0; i < order.size(); ++i)
      back[std::size_t((order[i] + std::int64_t(order.size())) % std::int64_t(order.size()))] =
          std::int64_t(i);
    return emitter.emit_value(named("aten::permute"), {piece, emitter.materialize(wrap(back))},
                              c10::TensorType::get());
  }
  for (const char* reshaping :
       {"aten::reshape", "aten::view", "aten::view_as", "aten::reshape_as", "aten::flatten",
        "aten::unflatten", "aten::squeeze", "aten::unsqueeze", "aten::alias", "aten::detach"})
    if (name == reshaping)
      return emitter.emit_value(named("aten::reshape_as"), {piece, whole}, c10::TensorType::get());
  return nullptr;
}

// Carries a change from a tensor to those that it looks into and those that look into them.
void propagate(const at::Tensor& changed, Emitter& emitter) {
  TensorLedger& ledger = emitter.ledger();
  TensorLedger::Entry* entry = &ledger.get(changed);
  entry->stale = false;
  ledger.make_views_stale(*entry, nullptr);
  while (entry->view) {
    TensorLedger::Entry& base = ledger.get(entry->view->base);
    jit::Value* whole =
        entry->poisoned ? nullptr : put_back(*entry->view, base.symbol, entry->symbol, emitter);
    if (whole) {
      base.symbol = whole;
      emitter.set_fact(whole, base.tensor);
    } else {
      base.poisoned = true;
    }
    base.stale = false;
    ledger.make_views_stale(base, entry->tensor.unsafeGetTensorImpl());
    entry = &base;
  }
}

}  // namespace

int written_argument(const c10::FunctionSchema& schema) {
  const auto& arguments = schema.arguments();
  for (std::size_t i = 0; i < arguments.size(); ++i)
    if (arguments[i].alias_info() && arguments[i].alias_info()->isWrite() &&
        arguments[i].type()->isSubtypeOf(*c10::TensorType::get()))
      return int(i);
  return -1;
}

std::vector<Traced> run_in_place(const jit::Node& node, int written, std::vector<Traced>& inputs,
                                 Emitter& emitter, const std::function<std::vector<c10::IValue>()>& run) {
  const Traced target = inputs[std::size_t(written)];
  const at::Tensor tensor = target.value.toTensor();
  const bool constant = std::all_of(inputs.begin(), inputs.end(),
                                    [&](const Traced& input) { return emitter.is_constant(input); });
  emitter.keep_constants(tensor);
  if (!constant) emitter.pin(tensor);
  std::vector<c10::IValue> outputs;
  if (constant) {
    outputs = run();
    std::vector<Traced> results;
    for (c10::IValue& output : outputs) results.push_back(wrap(std::move(output)));
    return results;
  }

  std::string name = out_of_place_name(node.kind().toQualString());
  std::vector<Traced> arguments = inputs;
  const auto& schema_arguments = node.maybeSchema()->arguments();
  const bool is_out_variant = schema_arguments[std::size_t(written)].kwarg_only();
  if (is_out_variant) arguments.erase(arguments.begin() + written);
  if (name == "aten::copy") {
    arguments = {inputs[1], inputs[0]};
    name = "aten::expand_as";
  } else if (name == "aten::zero") {
    arguments = {inputs[0], {}, {}, {}, {}, {}};
    name = "aten::zeros_like";
  }
  const c10::Symbol kind = normal_form(named(name), arguments);
  // The symbols of the arguments are read before the run changes what the tensors hold.
  std::vector<jit::Value*> values;
  for (const Traced& argument : arguments) values.push_back(emitter.materialize(argument));
  outputs = run();
  jit::Value* symbol = emitter.emit_value(kind, values, c10::TensorType::get());
  emitter.ledger().define(tensor, symbol);
  emitter.set_fact(symbol, tensor);
  propagate(tensor, emitter);
  std::vector<Traced> results;
  for (const c10::IValue& output : outputs) {
    Traced result;
    result.value = output;
    // Mostly the tensor itself; a new handle on the same memory where an operation returns one.
    if (output.isTensor() && !output.toTensor().is_same(tensor))
      emitter.ledger().define(output.toTensor(), symbol);
    results.push_back(result);
  }
  return results;
}

}  // namespace tessera::model
