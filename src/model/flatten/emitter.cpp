#include "model/flatten/emitter.h"

#include <algorithm>

namespace tessera::model {
namespace {

// The type to declare a value with: what the interpreter needs to find operators, without this run's shapes.
c10::TypePtr declared_type(const c10::IValue& value) {
  if (value.isTensor()) return c10::TensorType::get();
  if (value.isTensorList()) return c10::ListType::ofTensors();
  return value.type();
}

}  // namespace

Traced wrap(c10::IValue value) {
  Traced traced;
  if (value.isList()) {
    traced.elements = std::make_shared<std::vector<Traced>>();
    for (const c10::IValue& element : value.toListRef()) traced.elements->push_back(wrap(element));
  } else if (value.isTuple()) {
    traced.elements = std::make_shared<std::vector<Traced>>();
    for (const c10::IValue& element : value.toTupleRef().elements())
      traced.elements->push_back(wrap(element));
  } else if (value.isGenericDict()) {
    traced.elements = std::make_shared<std::vector<Traced>>();
    for (const auto& item : value.toGenericDict()) {
      traced.elements->push_back(wrap(item.key()));
      traced.elements->push_back(wrap(item.value()));
    }
  }
  traced.value = std::move(value);
  return traced;
}

bool holds_tensors(const Traced& traced) {
  if (traced.elements)
    return std::any_of(traced.elements->begin(), traced.elements->end(),
                       [](const Traced& element) { return holds_tensors(element); });
  return traced.value.isTensor();
}

bool Emitter::is_constant(const Traced& traced) {
  if (traced.symbol) return false;
  if (traced.value.isTensor()) {
    if (!traced.value.toTensor().defined()) return true;
    const TensorLedger::Entry* entry = ledger_.find(traced.value.toTensor());
    return !entry || (!entry->symbol && !entry->stale && !entry->poisoned);
  }
  return !traced.elements || std::all_of(traced.elements->begin(), traced.elements->end(),
                                         [&](const Traced& e) { return is_constant(e); });
}

jit::Value* Emitter::constant(const at::Tensor& tensor) {
  Constant& known = constants_[tensor.unsafeGetTensorImpl()];
  if (!known.value) {
    // A constant at the graph's start serves every later use, in whatever order passes put them.
    const jit::WithInsertPoint at_start(graph_.param_node()->next());
    known = {tensor, graph_.insertConstant(tensor.detach())};
    set_fact(known.value, tensor);
  }
  return known.value;
}

void Emitter::keep_constants(const at::Tensor& tensor) {
  for (auto& [impl, known] : constants_)
    if (known.value && known.tensor.is_alias_of(tensor))
      known.value->node()->t_(c10::attr::value, known.tensor.detach().clone());
}

void Emitter::pin(const at::Tensor& tensor) {
  TensorLedger::Entry& entry = ledger_.get(tensor);
  if (!entry.symbol) {
    const jit::WithInsertPoint at_start(graph_.param_node()->next());
    entry.symbol = graph_.insertConstant(tensor.detach().clone());
    set_fact(entry.symbol, tensor);
  }
  if (entry.view) pin(entry.view->base);
}

jit::Value* Emitter::materialize(const Traced& traced) {
  if (traced.symbol) return traced.symbol;
  if (traced.value.isTensor()) {
    const at::Tensor tensor = traced.value.toTensor();
    TensorLedger::Entry* entry = tensor.defined() ? ledger_.find(tensor) : nullptr;
    if (entry && entry->poisoned)
      throw Unsupported("changes part of a tensor in place in a way that cannot be followed");
    if (entry && entry->stale) {
      const ViewOf& view = *entry->view;
      if (!view.replayable)
        throw Unsupported("reads a piece of a tensor after the whole was changed in place");
      std::vector<jit::Value*> inputs;
      for (const Traced& input : view.inputs) inputs.push_back(materialize(input));
      entry->symbol = emit_value(view.kind, inputs, c10::TensorType::get());
      entry->stale = false;
      set_fact(entry->symbol, tensor);
    }
    if (entry && entry->symbol) return entry->symbol;
    if (tensor.defined()) return constant(tensor);
  }
  // Lists of tensors are made of one constant for each, which other lists share.
  if (traced.elements && (!is_constant(traced) || holds_tensors(traced))) {
    std::vector<jit::Value*> elements;
    for (const Traced& element : *traced.elements) elements.push_back(materialize(element));
    if (traced.value.isList())
      return graph_.insertNode(graph_.createList(traced.value.toList().elementType(), elements))->output();
    if (traced.value.isTuple()) return graph_.insertNode(graph_.createTuple(elements))->output();
    throw Unsupported("passes a dictionary of computed values to an operation");
  }
  try {
    return graph_.insertConstant(traced.value);
  } catch (const jit::constant_not_supported_error&) {
    throw Unsupported("passes a value of type " + traced.value.tagKind() + " to an operation");
  }
}

void Emitter::set_fact(const jit::Value* value, const at::Tensor& tensor) {
  facts_[value] = Fact{tensor.sizes().vec(), tensor.scalar_type(), emitted_, module};
}

Traced Emitter::bind(jit::Value* symbol, const c10::IValue& value) {
  Traced traced;
  traced.value = value;
  if (value.isTensor()) {
    if (!value.toTensor().defined()) return traced;
    ledger_.define(value.toTensor(), symbol);
    set_fact(symbol, value.toTensor());
  } else if (value.isTensorList()) {
    const auto tensors = value.toTensorVector();
    jit::Node* unpack = graph_.insertNode(graph_.createListUnpack(symbol, tensors.size()));
    traced.elements = std::make_shared<std::vector<Traced>>();
    for (std::size_t i = 0; i < tensors.size(); ++i) {
      unpack->output(i)->setType(c10::TensorType::get());
      traced.elements->push_back(bind(unpack->output(i), tensors[i]));
    }
  } else if (!value.isNone()) {
    traced.symbol = symbol;
  }
  return traced;
}

std::vector<Traced> Emitter::emit(c10::Symbol kind, const std::vector<Traced>& inputs,
                                  const std::vector<c10::IValue>& outputs, const jit::Node* like) {
  std::vector<jit::Value*> values;
  for (const Traced& input : inputs) values.push_back(materialize(input));
  jit::Node* node = graph_.create(kind, values, outputs.size());
  if (like) node->copyAttributes(*like);
  for (std::size_t i = 0; i < outputs.size(); ++i) node->output(i)->setType(declared_type(outputs[i]));
  if (!node->maybeOperator()) {
    node->destroy();
    throw Unsupported(std::string("uses ") + kind.toQualString() + " in a way that has no operator");
  }
  graph_.insertNode(node);
  ++emitted_;
  std::vector<Traced> results;
  for (std::size_t i = 0; i < outputs.size(); ++i) results.push_back(bind(node->output(i), outputs[i]));
  return results;
}

jit::Value* Emitter::emit_value(c10::Symbol kind, const std::vector<jit::Value*>& inputs,
                                const c10::TypePtr& type) {
  jit::Node* node = graph_.create(kind, inputs, 1);
  node->output()->setType(type);
  if (!node->maybeOperator()) {
    node->destroy();
    throw Unsupported(std::string("uses ") + kind.toQualString() + " in a way that has no operator");
  }
  ++emitted_;
  return graph_.insertNode(node)->output();
}

}  // namespace tessera::model
