#pragma once

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "attribution/linear/numeric_check.h"
#include "attribution/linear/turned_kernels.h"
#include "model/flat_graph.h"
#include "model/packed_kernels.h"

namespace tessera::attribution {

using Values = std::unordered_set<const jit::Value*>;

// A flat graph with what sweeps ask of it again and again. The graph must outlive it.
class Network {
 public:
  // One operation, ready to be run by itself.
  struct Step {
    const jit::Node* node = nullptr;
    mutable jit::Operation operation;  // running it changes nothing that is seen
  };

  // `packed`: kernels for the convolutions that have them; must outlive it as well.
  Network(const model::FlatGraph& flat, model::PackedKernels& packed);

  const model::FlatGraph& flat() const { return flat_; }
  const std::vector<Step>& steps() const { return steps_; }  // in order of computation, without constants
  const Step& step_of(const jit::Value* value) const { return steps_[index_.at(value->node())]; }
  const std::unordered_map<const jit::Value*, c10::IValue>& constants() const { return constants_; }

  // Whether a value depends on the picture.
  bool varies(const jit::Value* value) const { return downstream(flat_.picture).contains(value); }

  // The values that depend on one, with itself.
  const Values& downstream(const jit::Value* value) const;

  // The values that one depends on, with itself.
  const Values& upstream(const jit::Value* value) const;

  bool has_max_pools() const { return has_max_pools_; }

  TurnedKernels& kernels() const { return kernels_; }
  CheckedOperations& checked() const { return checked_; }

 private:
  const model::FlatGraph& flat_;
  std::vector<Step> steps_;
  std::unordered_map<const jit::Node*, std::size_t> index_;
  std::unordered_map<const jit::Value*, c10::IValue> constants_;
  mutable std::unordered_map<const jit::Value*, Values> downstream_;
  mutable std::unordered_map<const jit::Value*, Values> upstream_;
  mutable TurnedKernels kernels_;
  mutable CheckedOperations checked_;
  bool has_max_pools_ = false;
};

}  // namespace tessera::attribution
