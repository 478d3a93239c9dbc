#pragma once

#include <unordered_map>
#include <vector>

#include "model/flatten/traced.h"

namespace tessera::model {

// How a tensor looks into another: `kind(inputs[0] = base, inputs[1] …)`.
struct ViewOf {
  at::Tensor base;
  c10::Symbol kind;
  std::vector<Traced> inputs;
  bool replayable = true;  // false: one of several outputs (chunk, unbind)
};

// Which value of the flat graph computes each live tensor of the dry run, and which tensors look into which.
// Keyed by the tensor object, as in eager execution: after `relu_(x)` whoever holds x means the new value.
class TensorLedger {
 public:
  struct Entry {
    at::Tensor tensor;             // kept alive, so that its address stays its own
    jit::Value* symbol = nullptr;  // null: constant so far
    std::unique_ptr<ViewOf> view;  // null: looks into nothing
    std::vector<at::TensorImpl*> views;
    bool stale = false;     // its base was changed: to be read again from there
    bool poisoned = false;  // changed in a way that cannot be written without in-place operations
  };

  Entry* find(const at::Tensor& tensor);
  Entry& get(const at::Tensor& tensor);  // makes an entry where there is none

  void define(const at::Tensor& tensor, jit::Value* symbol) { get(tensor).symbol = symbol; }
  void define_view(const at::Tensor& tensor, ViewOf view);
  // Everything that looks into `entry`, directly or not, is to be read again; but not `except` itself.
  void make_views_stale(Entry& entry, const at::TensorImpl* except);

 private:
  std::unordered_map<at::TensorImpl*, Entry> entries_;
};

}  // namespace tessera::model
