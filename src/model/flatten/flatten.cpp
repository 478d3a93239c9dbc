#include "model/flatten/flatten.h"

#include "model/flatten/adapt.h"
#include "model/flatten/walker.h"

namespace tessera::model {
namespace {

void collect_tensors(const Traced& result, Emitter& emitter, std::vector<TraceOutput>& outputs) {
  if (result.value.isTensor() && result.value.toTensor().defined())
    outputs.push_back(
        {result.value.toTensor(), emitter.is_constant(result) ? nullptr : emitter.materialize(result)});
  else if (result.elements)
    for (const Traced& element : *result.elements) collect_tensors(element, emitter, outputs);
}

}  // namespace

Trace flatten(const jit::Module& module, const at::Tensor& input, const std::function<void()>& check) {
  const at::NoGradGuard no_grad;
  const FixedSeed seed(input.device());
  Trace trace;
  trace.graph = std::make_shared<jit::Graph>();
  trace.input = trace.graph->addInput("picture");
  trace.input->setType(c10::TensorType::get());
  Walker walker(*trace.graph, input.device(), check);
  walker.emitter().ledger().define(input, trace.input);
  walker.emitter().set_fact(trace.input, input);

  Traced root;
  root.value = module._ivalue();
  std::vector<Traced> arguments;
  arguments.push_back(std::move(root));
  const jit::Function& forward = module.get_method("forward").function();
  const auto& parameters = forward.getSchema().arguments();
  Traced picture;
  picture.value = input;
  arguments.push_back(std::move(picture));
  for (std::size_t i = 2; i < parameters.size(); ++i)
    arguments.push_back(wrap(parameters[i].default_value().value_or(c10::IValue())));
  try {
    const Traced result = walker.call(module.get_method("forward").function(), std::move(arguments));
    collect_tensors(result, walker.emitter(), trace.outputs);
    trace.returned = result.value.type()->annotation_str();
  } catch (const Unsupported& error) {
    throw DryRunFailure("", "forward", error.what(), false);
  }
  trace.facts = walker.emitter().facts();
  trace.returns = std::move(walker.returns());
  trace.decisions = std::move(walker.decisions());
  trace.random = walker.draws();
  trace.notes = std::move(walker.notes());
  for (const char* note : {dropout_note, batch_norm_note, training_note})
    trace.evaluated = trace.evaluated || trace.notes.contains(note);
  return trace;
}

}  // namespace tessera::model
