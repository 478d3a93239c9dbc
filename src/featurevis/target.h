#pragma once

#include <string>

#include "featurevis/part.h"
#include "model/model_impl.h"
#include "tessera/featurevis/icon_objective.h"

namespace tessera::featurevis {

// What icons of one layer are optimised on: the network up to that layer's values before its ReLU, or up to
// the class scores.
class Target {
 public:
  Target(model::Model::Impl& model, const std::string& layer, at::ScalarType type);
  static Target logits(model::Model::Impl& model, at::ScalarType type);

  const Part& part() const { return part_; }
  int channels() const { return channels_; }

  // The part's output as [N,H,W,C], contiguous float32 on the CPU, and a gradient by that as one by the
  // output. Throws Error where the output is not what the dry run found.
  at::Tensor to_positions(const at::Tensor& output) const;
  at::Tensor from_positions(const at::Tensor& gradient, const at::Tensor& output) const;

 private:
  Target(const model::FlatGraph& flat, jit::Value* end, at::ScalarType type) : part_(flat, end, type) {}

  bool is_as_recorded(const at::Tensor& tokens) const;

  Part part_;
  std::string name_;
  bool logits_ = false;
  model::LayerValue layer_;
  int channels_ = 0;
};

// Throws Error where a subject does not fit its layer: unknown channel or class, a direction or cube of
// another size, not finite or all zero.
void check(const IconSubject& subject, const model::Model::Impl& model);

}  // namespace tessera::featurevis
