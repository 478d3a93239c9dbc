#pragma once

#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/flat_graph.h"
#include "model/flatten/emitter.h"

namespace tessera::model {

// A module handed a value out: `path` is its place in the model ("blocks.7"), `call` counts its calls from 0,
// in order.
struct ModuleReturn {
  std::string path;
  int call = 0;
  jit::Value* value = nullptr;
  bool made_inside = true;  // false: the module only passed it on
};

// A tensor among what the model returns.
struct TraceOutput {
  at::Tensor tensor;
  jit::Value* value = nullptr;  // null: a constant
};

// The program of a model as one straight line of operations, as the dry run took it.
struct Trace {
  std::shared_ptr<jit::Graph> graph;  // one input; no outputs registered yet
  jit::Value* input = nullptr;
  std::vector<TraceOutput> outputs;  // the tensors in what the model returns, in order
  std::string returned;              // what that is: "Tensor", "Dict[str, Tensor]"
  std::unordered_map<const jit::Value*, Emitter::Fact> facts;
  std::vector<ModuleReturn> returns;  // inner modules before those around them
  std::vector<Decision> decisions;    // those that follow from the pixels, not only from their number
  bool evaluated = false;  // saved in training mode, and followed in evaluation mode (notes say how)
  bool random = false;     // draws numbers that are replaced by their mean, or fixed (notes say which)
  std::set<std::string> notes;
};

// A dry run that stopped: in which module ("" for the outermost), at which operation, and why. `by_input`:
// the program itself stopped, which another input may not do; else it has something that Tessera cannot
// follow, and `what()` goes on after "the model".
struct DryRunFailure : std::runtime_error {
  DryRunFailure(std::string module_, std::string operation_, const std::string& why, bool by_input_)
      : std::runtime_error(why),
        module(std::move(module_)),
        operation(std::move(operation_)),
        by_input(by_input_) {}
  std::string module;
  std::string operation;
  bool by_input = false;
};

// Walks the program of `module` on a concrete input [1,C,H,W], running every operation and writing down those
// that depend on the input. Modules, functions, branches and loops are followed as this input takes them
// (`decisions` where they depend on its values rather than its shape), attributes become constants, in-place
// operations out-of-place ones, training mode evaluation mode, random numbers their mean or one draw
// (noise.h). Exact: in eager order, on the original operations. Throws DryRunFailure; Error where the program
// reaches outside the network; what `check` throws, asked now and then.
Trace flatten(const jit::Module& module, const at::Tensor& input, const std::function<void()>& check = {});

}  // namespace tessera::model
