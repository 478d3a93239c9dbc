#include "model/flatten/walker.h"

#include <string_view>
#include <unordered_set>
#include <utility>

#include "model/failure_text.h"
#include "model/flatten/adapt.h"
#include "model/flatten/operations.h"
#include "model/flatten/plain_forms.h"
#include "model/side_effects.h"
#include "tessera/base/error.h"

namespace tessera::model {
namespace {

// A network has thousands of operations; a loop that never ends has more than this.
constexpr std::size_t most_steps = 2'000'000;
constexpr int deepest_call = 200;

at::Tensor as_float(const at::Tensor& tensor) {
  if (!tensor.defined() || !tensor.is_floating_point() || tensor.scalar_type() == c10::ScalarType::Float)
    return tensor;
  return tensor.to(c10::ScalarType::Float);
}

// Whether a value follows from what the pixels are, not only from how many there are.
bool follows_from_pixels(const jit::Value* value) {
  std::unordered_set<const jit::Value*> seen;
  std::vector<const jit::Value*> waiting{value};
  while (!waiting.empty()) {
    const jit::Value* next = waiting.back();
    waiting.pop_back();
    if (!seen.insert(next).second) continue;
    const std::string_view kind = next->node()->kind().toQualString();
    if (kind == "prim::Param") return true;
    if (kind == "aten::size" || kind == "aten::len" || kind == "aten::numel") continue;
    waiting.insert(waiting.end(), next->node()->inputs().begin(), next->node()->inputs().end());
  }
  return false;
}

std::string note_of_training(const c10::ClassType& type) {
  const std::string name = type.name() ? type.name()->name() : "";
  if (name.find("Dropout") != std::string::npos) return dropout_note;
  if (name.find("BatchNorm") != std::string::npos) return batch_norm_note;
  return training_note;
}

// Sets a variable for as long as it lives.
template <typename T>
class Within {
 public:
  Within(T& variable, T value) : variable_(variable), before_(std::exchange(variable, std::move(value))) {}
  ~Within() { variable_ = std::move(before_); }
  Within(const Within&) = delete;
  Within& operator=(const Within&) = delete;

 private:
  T& variable_;
  T before_;
};

}  // namespace

Walker::Walker(jit::Graph& graph, c10::Device device, const std::function<void()>& check)
    : emitter_(graph), device_(device), check_(check) {}

Traced Walker::call(jit::Function& function, std::vector<Traced> arguments) {
  jit::GraphFunction* callee = jit::tryToGraphFunction(function);
  if (!callee) throw Unsupported("calls " + function.name() + ", which is not TorchScript");
  if (depth_ > deepest_call) throw Unsupported("calls modules inside modules without end");
  const Within deeper(depth_, depth_ + 1);
  callee->ensure_defined();
  const std::shared_ptr<jit::Graph> graph = callee->graph();
  Values values;
  for (std::size_t i = 0; i < graph->inputs().size(); ++i) values[graph->inputs()[i]] = arguments.at(i);
  return walk_block(*graph->block(), values).at(0);
}

std::vector<Traced> Walker::walk_block(const jit::Block& block, Values& values) {
  for (const jit::Node* node : block.nodes()) walk_node(*node, values);
  std::vector<Traced> outputs;
  for (const jit::Value* output : block.outputs()) outputs.push_back(values.at(output));
  return outputs;
}

void Walker::walk_node(const jit::Node& node, Values& values) {
  if (++steps_ > most_steps)
    throw DryRunFailure(emitter_.module, node.kind().toQualString(),
                        "it ran for millions of operations without an end", true);
  if (check_ && steps_ % 64 == 0) check_();
  std::vector<Traced> inputs;
  for (const jit::Value* input : node.inputs())
    if (const auto found = values.find(input); found != values.end()) inputs.push_back(found->second);
  std::vector<Traced> results;
  try {
    results = step(node, std::move(inputs), values);
  } catch (const DryRunFailure&) {
    throw;
  } catch (const Error&) {
    throw;
  } catch (const Unsupported& error) {
    throw DryRunFailure(emitter_.module, node.kind().toQualString(), error.what(), false);
  } catch (const std::exception& error) {
    throw DryRunFailure(emitter_.module, node.kind().toQualString(), clause_of(error), true);
  }
  for (std::size_t i = 0; i < results.size() && i < node.outputs().size(); ++i)
    values[node.outputs()[i]] = std::move(results[i]);
}

std::vector<Traced> Walker::step(const jit::Node& node, std::vector<Traced> inputs, Values& values) {
  switch (node.kind()) {
    case c10::prim::Constant:
      return {constant(node)};
    case c10::prim::GetAttr:
      return {get_attribute(inputs.at(0), node.s(c10::attr::name))};
    case c10::prim::SetAttr:
      set_attribute(inputs.at(0), node.s(c10::attr::name), inputs.at(1));
      return {};
    case c10::prim::CallMethod:
      return {call_method(node, std::move(inputs))};
    case c10::prim::CallFunction: {
      if (node.input(0)->type()->kind() != c10::TypeKind::FunctionType)
        throw Unsupported("calls a computed function");
      inputs.erase(inputs.begin(), inputs.end() - std::ptrdiff_t(node.inputs().size() - 1));
      return {call(*node.input(0)->type()->expectRef<c10::FunctionType>().function(), std::move(inputs))};
    }
    case c10::prim::If:
      return branch(node, inputs.at(0), values);
    case c10::prim::Loop:
      return loop(node, inputs, values);
    case c10::prim::CreateObject: {
      const auto type = node.output()->type()->expect<c10::ClassType>();
      Traced object;
      object.value = c10::ivalue::Object::create(c10::StrongTypePtr(nullptr, type), type->numAttributes());
      return {object};
    }
    case c10::prim::isinstance: {
      bool matches = false;
      for (const c10::TypePtr& type : node.tys(c10::attr::types))
        matches = matches || inputs.at(0).value.type()->isSubtypeOf(*type);
      return {wrap(matches)};
    }
    case c10::prim::unchecked_cast:
    case c10::prim::unchecked_unwrap_optional:
    case c10::aten::_unwrap_optional:
      return {inputs.at(0)};
    case c10::prim::Uninitialized:
      return {Traced{}};
    case c10::prim::Enter:
      return {inputs.at(0)};  // no_grad and autocast change nothing here
    case c10::prim::Exit:
      return {Traced{}};
    case c10::aten::warn:
      return {};
    case c10::prim::RaiseException:
      throw DryRunFailure(
          emitter_.module, node.kind().toQualString(),
          "it stops with \"" + (inputs.at(0).value.isString() ? inputs[0].value.toStringRef() : "") + "\"",
          true);
    case c10::prim::fork: {  // whatever runs beside may as well run before
      const std::shared_ptr<jit::Graph> task = node.g(c10::attr::Subgraph);
      Values inner;
      for (std::size_t i = 0; i < task->inputs().size(); ++i) inner[task->inputs()[i]] = inputs.at(i);
      return {walk_block(*task->block(), inner).at(0)};
    }
    case c10::aten::wait:
      return {inputs.at(0)};
    case c10::prim::Print:
      notes_.insert("The model prints as it runs; that is left out");
      return {};
    case c10::prim::ListUnpack:
      if (!inputs.at(0).elements) return unpack(node, inputs[0]);
      break;
    default:
      break;
  }
  // An element that is chosen by the pixels, as in routed networks.
  if (inputs.size() > 1 && inputs[0].elements && !inputs[1].elements && !inputs[1].value.isTensor())
    decide_element(node, inputs);
  if (jit::Function* plain = plain_form(node.kind())) {
    std::vector<Traced> arguments = std::move(inputs);
    Traced result = call(*plain, std::move(arguments));
    if (node.outputs().size() == 1) return {result};
    return *result.elements;
  }
  return run_operation(node, std::move(inputs), emitter_, noise_, notes_);
}

void Walker::decide_element(const jit::Node& node, const std::vector<Traced>& inputs) {
  const std::string_view name = node.kind().toQualString();
  if (name == "aten::__getitem__" || name == "aten::get" || name == "aten::_set_item" ||
      name == "aten::insert" || name == "aten::pop" || name == "aten::slice" ||
      name == "aten::__contains__" || name == "aten::Delete" || name == "prim::TupleIndex")
    for (std::size_t i = 1;
         i < inputs.size() && i < (name == "aten::_set_item" || name == "aten::insert" ? 2u : 4u); ++i)
      if (!inputs[i].value.isNone() && !inputs[i].value.isTensor()) decide(inputs[i]);
}

Traced Walker::constant(const jit::Node& node) {
  const std::optional<c10::IValue> value = jit::toIValue(node.output());
  if (!value) return {};  // a function: its type says all
  if (value->isDevice()) return wrap(device_);
  if (value->isTensor()) {
    // One object for each constant of the program, however often it is reached.
    Traced& kept = attributes_[{nullptr, std::to_string(reinterpret_cast<std::uintptr_t>(&node))}];
    if (kept.value.isNone()) kept = wrap(as_float(value->toTensor()).to(device_));
    return kept;
  }
  return wrap(*value);
}

Traced Walker::get_attribute(const Traced& object, const std::string& name) {
  const auto instance = object.value.toObject();
  const auto key = std::pair(static_cast<const c10::ivalue::Object*>(instance.get()), name);
  if (const auto set = attributes_.find(key); set != attributes_.end()) return set->second;
  c10::IValue value = instance->getAttr(name);
  if (value.isTensor()) {
    const at::Tensor tensor = value.toTensor();
    at::Tensor converted = as_float(tensor);
    if (converted.is_same(tensor)) return wrap(std::move(value));
    notes_.insert("Weights were converted to 32-bit floating point");
    return attributes_[key] = wrap(std::move(converted));
  }
  if (name == "training" && value.isBool()) {
    if (value.toBool()) notes_.insert(note_of_training(*instance->type()));
    return wrap(false);
  }
  if (value.isCapsule() || value.isCustomClass()) throw Unsupported("uses a custom class");
  if (!value.isObject()) {
    Traced traced = wrap(std::move(value));
    if (traced.elements) attributes_[key] = traced;
    return traced;
  }
  Traced child;
  child.value = std::move(value);
  child.path = object.path.empty() ? name : object.path + "." + name;
  return child;
}

void Walker::set_attribute(const Traced& object, const std::string& name, const Traced& value) {
  attributes_[{object.value.toObject().get(), name}] = value;
}

Traced Walker::call_method(const jit::Node& node, std::vector<Traced> arguments) {
  const auto instance = arguments.at(0).value.toObject();
  jit::Function& method = instance->type()->getMethod(node.s(c10::attr::name));
  // A method of the same object is a part of the one that calls it; another module is a place of its own.
  const std::string path = arguments[0].path;
  if (instance.get() == self_ || path.empty() || !instance->type()->is_module())
    return call(method, std::move(arguments));
  const Within module(emitter_.module, path);
  const Within self(self_, static_cast<const c10::ivalue::Object*>(instance.get()));
  const int count = calls_[path]++;
  const std::size_t emitted_before = emitter_.emitted();
  Traced result = call(method, std::move(arguments));
  note_return(path, count, result, emitted_before);
  return result;
}

void Walker::note_return(const std::string& path, int count, const Traced& result,
                         std::size_t emitted_before) {
  if (result.value.isTensor()) {
    if (emitter_.is_constant(result)) return;
    jit::Value* value = emitter_.materialize(result);
    const auto fact = emitter_.facts().find(value);
    const bool made_inside = fact != emitter_.facts().end() && fact->second.order > emitted_before;
    returns_.push_back({path, count, value, made_inside});
  } else if (result.elements) {
    for (const Traced& element : *result.elements) note_return(path, count, element, emitted_before);
  }
}

void Walker::decide(const Traced& number) {
  if (emitter_.is_constant(number)) return;
  jit::Value* value = emitter_.materialize(number);
  if (!follows_from_pixels(value)) return;
  const bool known = std::any_of(decisions_.begin(), decisions_.end(),
                                 [&](const Decision& decision) { return decision.value == value; });
  if (!known)
    decisions_.push_back(
        {value, number.value.isTensor() ? c10::IValue(number.value.toTensor().item()) : number.value});
  notes_.insert(
      "The model decides by its input's values which operations to run; they are followed anew for each "
      "picture "
      "that decides otherwise");
}

std::vector<Traced> Walker::branch(const jit::Node& node, const Traced& condition, Values& values) {
  decide(condition);
  const bool taken =
      condition.value.isTensor() ? condition.value.toTensor().item().toBool() : condition.value.toBool();
  return walk_block(*node.blocks()[taken ? 0 : 1], values);
}

std::vector<Traced> Walker::loop(const jit::Node& node, const std::vector<Traced>& inputs, Values& values) {
  const std::int64_t trips = inputs.at(0).value.toInt();
  decide(inputs[0]);
  Traced condition = inputs.at(1);
  std::vector<Traced> carried(inputs.begin() + 2, inputs.end());
  const jit::Block& body = *node.blocks()[0];
  for (std::int64_t i = 0; i < trips; ++i) {
    decide(condition);
    if (!condition.value.toBool()) break;
    values[body.inputs()[0]] = wrap(i);
    for (std::size_t k = 0; k < carried.size(); ++k) values[body.inputs()[k + 1]] = carried[k];
    std::vector<Traced> outputs = walk_block(body, values);
    condition = outputs.at(0);
    carried.assign(outputs.begin() + 1, outputs.end());
    if (++steps_ > most_steps)
      throw DryRunFailure(emitter_.module, node.kind().toQualString(),
                          "it ran for millions of operations without an end", true);
  }
  return carried;
}

// A list that is known as a whole only, such as the shape of a tensor.
std::vector<Traced> Walker::unpack(const jit::Node& node, const Traced& packed) {
  const auto values = packed.value.toListRef();
  if (values.size() != node.outputs().size()) throw Unsupported("unpacks a list of another size");
  jit::Graph& graph = emitter_.graph();
  jit::Node* written = graph.insertNode(graph.createListUnpack(emitter_.materialize(packed), values.size()));
  std::vector<Traced> results;
  for (std::size_t i = 0; i < values.size(); ++i) {
    Traced element;
    element.value = values[i];
    element.symbol = written->output(i);
    results.push_back(element);
  }
  return results;
}

}  // namespace tessera::model
