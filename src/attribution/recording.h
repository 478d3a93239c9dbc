#pragma once

#include <span>
#include <stop_token>
#include <unordered_map>

#include "attribution/network.h"

namespace tessera::attribution {

// A forward pass with everything that was computed on the way.
class Recording {
 public:
  // The whole network for a picture [1,C,H,W].
  Recording(const Network& network, const at::Tensor& picture);

  // The network with `layer` replaced by `replacement` (batch of n), as far as `targets` need it. What does
  // not depend on the layer keeps the values of `picture`, a recording of a batch of one. With `keep` false
  // only the targets' values are kept. Throws Error where the network decides otherwise than for the picture
  // (FlatGraph::decisions), and Cancelled where it is asked to stop, which it looks for before each
  // operation.
  Recording(const Network& network, const Recording& picture, const jit::Value* layer,
            const at::Tensor& replacement, std::span<const jit::Value* const> targets, bool keep,
            const std::stop_token& stop = {});

  // Throws std::out_of_range for what was not recorded.
  const c10::IValue& at(const jit::Value* value) const;
  const at::Tensor& tensor(const jit::Value* value) const { return at(value).toTensor(); }

  std::int64_t batch() const { return batch_; }

 private:
  const c10::IValue& find(const Network& network, const Recording& picture, const jit::Value* value);
  void run(const Network::Step& step, std::vector<c10::IValue> stack);

  const std::unordered_map<const jit::Value*, c10::IValue>* constants_;
  std::unordered_map<const jit::Value*, c10::IValue> values_;
  std::int64_t batch_ = 1;
};

}  // namespace tessera::attribution
