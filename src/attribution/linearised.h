#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <unordered_map>
#include <vector>

#include "attribution/linear/rule.h"
#include "attribution/recording.h"

namespace tessera::attribution {

// The derivative of a network at a recorded forward pass. Rules are made when they are first needed, and
// kept. Gradient mode must be off. The sweeps look at `stop` before each
// operation, and throw Cancelled.
class Linearised {
 public:
  struct Seed {
    const jit::Value* value = nullptr;
    at::Tensor gradient;  // [B, *shape]
  };

  // Both must outlive it.
  Linearised(const Network& network, const Recording& recording, const GradientRules& rules);

  // Batched tangents [B, *shape] of a value, at each of the targets; undefined where it has no influence.
  std::vector<at::Tensor> forward(const jit::Value* source, at::Tensor tangents,
                                  std::span<const jit::Value* const> targets,
                                  const std::stop_token& stop = {});

  // The same for tangents of a map [1,C,H,W] that are zero but in windows.
  std::vector<at::Tensor> forward(const jit::Value* source, Windows tangents,
                                  std::span<const jit::Value* const> targets,
                                  const std::stop_token& stop = {});

  // Batched gradients at each of the sources; undefined where it has no influence.
  std::vector<at::Tensor> backward(std::span<const Seed> seeds, std::span<const jit::Value* const> sources,
                                   const std::stop_token& stop = {});

  // Whether every operation between them has a forward derivative.
  bool has_forward(const jit::Value* source, std::span<const jit::Value* const> targets);

  // The least direct way that has been needed so far.
  Engine engine() const { return engine_; }

 private:
  struct Known;
  std::vector<at::Tensor> push(const jit::Value* source, Known tangents,
                               std::span<const jit::Value* const> targets, const std::stop_token& stop);
  at::Tensor whole(const jit::Value* value, const Windows& windows) const;
  Rule& rule_of(const Network::Step& step);
  std::vector<const Network::Step*> between(std::span<const jit::Value* const> sources,
                                            std::span<const jit::Value* const> targets) const;

  const Network& network_;
  const Recording& recording_;
  RuleChoice choice_;
  std::unordered_map<const jit::Node*, std::unique_ptr<Rule>> rules_;
  Engine engine_ = Engine::linearised;
};

}  // namespace tessera::attribution
