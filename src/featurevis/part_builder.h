#pragma once

#include <unordered_map>
#include <unordered_set>

#include "featurevis/part.h"
#include "featurevis/stages/automatic.h"
#include "featurevis/stages/convolution.h"

namespace tessera::featurevis {

// Makes a part's stages of its operations: one of its own for each kind that has one, and LibTorch's own
// derivatives for what lies between.
class PartBuilder {
 public:
  PartBuilder(Part& part, const model::FlatGraph& flat, jit::Value* end);
  void build();

 private:
  bool is_constant(const jit::Value* value) const { return constants_.contains(value); }
  int slot_of(const jit::Value* value);
  const jit::Node* only_user(const jit::Value* value) const;  // null where there are several, or none

  std::optional<c10::IValue> constant(const jit::Value* value) const;

  bool fold_constant(const jit::Node* node);
  bool can_wait(const jit::Node* node) const;
  std::optional<std::vector<std::int64_t>> zeros_of(const jit::Node* padding) const;
  std::optional<ConvolutionSettings> convolution_of(const jit::Node* node) const;
  std::unique_ptr<Stage> own_stage(const jit::Node* node);
  std::unique_ptr<Stage> convolution(const jit::Node* node);
  std::unique_ptr<Stage> max_pool(const jit::Node* node);
  std::unique_ptr<Stage> concatenation(const jit::Node* node);
  std::unique_ptr<Stage> sum(const jit::Node* node);
  bool list_waits() const;  // whether what is pending hands on a list, which has no slot
  void add(std::unique_ptr<Stage> stage);
  void flush();
  void find_last_uses();

  Part& part_;
  const model::FlatGraph& flat_;
  const jit::Value* end_ = nullptr;
  std::unordered_map<const jit::Value*, c10::IValue> constants_;
  std::unordered_map<const jit::Value*, int> slots_;
  std::unordered_map<const jit::Value*, std::vector<std::int64_t>> sizes_;  // in the dry run
  std::vector<const jit::Node*> pending_;
  std::unordered_set<const jit::Node*> absorbed_;  // into an earlier stage
  std::unordered_set<const jit::Node*> deferred_;  // for a later one to take over
};

}  // namespace tessera::featurevis
