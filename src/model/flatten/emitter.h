#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "model/flatten/tensor_ledger.h"

namespace tessera::model {

// Writes the flat graph: straight-line, without modules, control flow, collections that could be resolved, or
// in-place operations.
class Emitter {
 public:
  explicit Emitter(jit::Graph& graph) : graph_(graph) {}

  TensorLedger& ledger() { return ledger_; }
  jit::Graph& graph() { return graph_; }

  // Whether nothing in it depends on the network's input.
  bool is_constant(const Traced& traced);

  // The value that computes it; a constant node where it is constant.
  jit::Value* materialize(const Traced& traced);

  // Before a tensor is changed in place: constants of the graph that share its memory keep what they hold now
  // …
  void keep_constants(const at::Tensor& tensor);
  // … and the tensor, and what it looks into, get a value of the graph that holds it, where they had none.
  void pin(const at::Tensor& tensor);

  // Appends an operation whose results were `outputs`, and binds them: tensors through the ledger, lists of
  // tensors unpacked, everything else as symbols. `like` gives the attributes; may be null. Throws
  // Unsupported where there is no such operator.
  std::vector<Traced> emit(c10::Symbol kind, const std::vector<Traced>& inputs,
                           const std::vector<c10::IValue>& outputs, const jit::Node* like = nullptr);

  // One output whose concrete value is not known or wanted: a symbol alone.
  jit::Value* emit_value(c10::Symbol kind, const std::vector<jit::Value*>& inputs, const c10::TypePtr& type);

  // The dry run's shape of every emitted tensor, and how many operations were emitted before it.
  struct Fact {
    std::vector<std::int64_t> sizes;
    c10::ScalarType dtype = c10::ScalarType::Undefined;
    std::size_t order = 0;
    std::string module;  // path of the module that computed it
  };
  const std::unordered_map<const jit::Value*, Fact>& facts() const { return facts_; }
  void set_fact(const jit::Value* value, const at::Tensor& tensor);
  std::size_t emitted() const { return emitted_; }

  // The module whose operations are being emitted.
  std::string module;

 private:
  jit::Value* constant(const at::Tensor& tensor);
  Traced bind(jit::Value* symbol, const c10::IValue& value);

  jit::Graph& graph_;
  TensorLedger ledger_;
  struct Constant {
    at::Tensor tensor;
    jit::Value* value = nullptr;
  };
  std::unordered_map<at::TensorImpl*, Constant> constants_;
  std::unordered_map<const jit::Value*, Fact> facts_;
  std::size_t emitted_ = 0;
};

// A construct that the flat graph has no words for. `what()` is a clause for a person.
struct Unsupported : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A concrete collection with its elements traced as constants.
Traced wrap(c10::IValue value);

// Whether a tensor is in it, at any depth.
bool holds_tensors(const Traced& traced);

}  // namespace tessera::model
