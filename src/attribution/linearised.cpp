#include "attribution/linearised.h"

#include <algorithm>

#include "tessera/base/cancelled.h"

namespace tessera::attribution {
namespace {

bool is_zero(const Slot& slot) {
  return std::none_of(slot.begin(), slot.end(), [](const at::Tensor& tensor) { return tensor.defined(); });
}

void add(Slot& sum, Slot part) {
  if (sum.empty()) {
    sum = std::move(part);
    return;
  }
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (!part[i].defined()) continue;
    if (!sum[i].defined())
      sum[i] = std::move(part[i]);
    else if (is_mine(sum[i]))
      sum[i].add_(part[i]);
    else
      sum[i] = sum[i] + part[i];
  }
}

}  // namespace

Linearised::Linearised(const Network& network, const Recording& recording, const GradientRules& rules)
    : network_(network),
      recording_(recording),
      choice_{rules.pooling, rules.cancel_checkerboard && network.has_max_pools(),
              rules.cancel_checkerboard && !network.has_max_pools()} {}

Rule& Linearised::rule_of(const Network::Step& step) {
  std::unique_ptr<Rule>& rule = rules_[step.node];
  if (rule) return *rule;
  Operation operation;
  operation.node = step.node;
  operation.run = &step.operation;
  operation.kernels = &network_.kernels();
  operation.checked = &network_.checked();
  for (const jit::Value* input : step.node->inputs()) {
    operation.inputs.push_back(recording_.at(input));
    operation.varies.push_back(network_.varies(input) && (operation.inputs.back().isTensor() ||
                                                          operation.inputs.back().isTensorList()));
  }
  for (const jit::Value* output : step.node->outputs()) operation.outputs.push_back(recording_.at(output));
  rule = make_rule(operation, choice_);
  return *rule;
}

std::vector<const Network::Step*> Linearised::between(std::span<const jit::Value* const> sources,
                                                      std::span<const jit::Value* const> targets) const {
  Values below;
  for (const jit::Value* source : sources) {
    const Values& values = network_.downstream(source);
    below.insert(values.begin(), values.end());
  }
  Values above;
  for (const jit::Value* target : targets) {
    const Values& values = network_.upstream(target);
    above.insert(values.begin(), values.end());
  }
  std::vector<const Network::Step*> steps;
  for (const Network::Step& step : network_.steps()) {
    const auto inputs = step.node->inputs();
    const auto outputs = step.node->outputs();
    if (std::any_of(inputs.begin(), inputs.end(),
                    [&](const jit::Value* value) { return below.contains(value); }) &&
        std::any_of(outputs.begin(), outputs.end(),
                    [&](const jit::Value* value) { return above.contains(value); }))
      steps.push_back(&step);
  }
  return steps;
}

bool Linearised::has_forward(const jit::Value* source, std::span<const jit::Value* const> targets) {
  const auto steps = between(std::span(&source, 1), targets);
  return std::all_of(steps.begin(), steps.end(),
                     [&](const Network::Step* step) { return rule_of(*step).has_forward(); });
}

// The tangents of a value on the way forward: whole maps, or windows of them.
struct Linearised::Known {
  Slot slot;
  std::optional<Windows> windows;
};

at::Tensor Linearised::whole(const jit::Value* value, const Windows& windows) const {
  const at::Tensor& recorded = recording_.tensor(value);
  return spread_out(windows, recorded.size(2), recorded.size(3)).unsqueeze(1);
}

std::vector<at::Tensor> Linearised::forward(const jit::Value* source, at::Tensor tangents,
                                            std::span<const jit::Value* const> targets,
                                            const std::stop_token& stop) {
  return push(source, {Slot{std::move(tangents)}, std::nullopt}, targets, stop);
}

std::vector<at::Tensor> Linearised::forward(const jit::Value* source, Windows tangents,
                                            std::span<const jit::Value* const> targets,
                                            const std::stop_token& stop) {
  return push(source, {{}, std::move(tangents)}, targets, stop);
}

std::vector<at::Tensor> Linearised::push(const jit::Value* source, Known tangents,
                                         std::span<const jit::Value* const> targets,
                                         const std::stop_token& stop) {
  const auto steps = between(std::span(&source, 1), targets);
  std::unordered_map<const jit::Value*, int> uses;  // still to come
  for (const Network::Step* step : steps)
    for (const jit::Value* input : step->node->inputs()) ++uses[input];
  for (const jit::Value* target : targets) ++uses[target];

  std::unordered_map<const jit::Value*, Known> known;
  known[source] = std::move(tangents);
  for (const Network::Step* step : steps) {
    if (stop.stop_requested()) throw Cancelled{};
    const jit::Node* node = step->node;
    std::vector<Known> inputs;
    int varying = 0;
    const Windows* windows = nullptr;
    for (const jit::Value* input : node->inputs()) {
      const auto found = known.find(input);
      const bool last = --uses[input] == 0;
      if (found == known.end()) {
        inputs.emplace_back();
        continue;
      }
      inputs.push_back(last ? std::move(found->second) : found->second);
      if (last) known.erase(found);
      if (inputs.back().windows || !is_zero(inputs.back().slot)) ++varying;
    }
    if (varying == 0 ||
        std::find(node->outputs().begin(), node->outputs().end(), source) != node->outputs().end())
      continue;
    Rule& rule = rule_of(*step);
    for (const Known& input : inputs)
      if (input.windows && varying == 1) windows = &*input.windows;
    if (windows) {
      if (std::optional<Windows> output = rule.forward_windows(*windows)) {
        known[node->outputs()[0]] = {{}, std::move(output)};
        continue;
      }
    }
    engine_ = std::max(engine_, rule.engine(Direction::forward));
    std::vector<Slot> slots;
    for (std::size_t i = 0; i < inputs.size(); ++i)
      slots.push_back(inputs[i].windows ? Slot{whole(node->inputs()[i], *inputs[i].windows)}
                                        : std::move(inputs[i].slot));
    inputs.clear();
    std::vector<Slot> outputs = rule.forward(std::move(slots));
    for (std::size_t i = 0; i < outputs.size(); ++i)
      if (!is_zero(outputs[i])) known[node->outputs()[i]] = {std::move(outputs[i]), std::nullopt};
  }
  std::vector<at::Tensor> result;
  for (const jit::Value* target : targets) {
    const auto found = known.find(target);
    if (found == known.end())
      result.emplace_back();
    else
      result.push_back(found->second.windows ? whole(target, *found->second.windows) : found->second.slot[0]);
  }
  return result;
}

std::vector<at::Tensor> Linearised::backward(std::span<const Seed> seeds,
                                             std::span<const jit::Value* const> sources,
                                             const std::stop_token& stop) {
  std::vector<const jit::Value*> ends;
  std::unordered_map<const jit::Value*, Slot> gradients;
  for (const Seed& seed : seeds) {
    ends.push_back(seed.value);
    add(gradients[seed.value], Slot{seed.gradient});
  }
  const auto steps = between(sources, ends);
  Values below;
  for (const jit::Value* source : sources) {
    const Values& values = network_.downstream(source);
    below.insert(values.begin(), values.end());
  }
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if (stop.stop_requested()) throw Cancelled{};
    const jit::Node* node = (*step)->node;
    std::vector<Slot> outputs;
    bool any = false;
    for (const jit::Value* output : node->outputs()) {
      const auto found = gradients.find(output);
      if (found == gradients.end()) {
        outputs.emplace_back();
        continue;
      }
      if (std::find(sources.begin(), sources.end(), output) == sources.end()) {
        outputs.push_back(std::move(found->second));
        gradients.erase(found);
      } else {
        outputs.push_back(found->second);
      }
      any = any || !is_zero(outputs.back());
    }
    if (!any) continue;
    std::vector<bool> wanted;
    for (const jit::Value* input : node->inputs()) wanted.push_back(below.contains(input));
    Rule& rule = rule_of(**step);
    engine_ = std::max(engine_, rule.engine(Direction::backward));
    std::vector<Slot> inputs = rule.backward(std::move(outputs), wanted);
    for (std::size_t i = 0; i < inputs.size(); ++i)
      if (wanted[i] && !is_zero(inputs[i])) add(gradients[node->inputs()[i]], std::move(inputs[i]));
  }
  std::vector<at::Tensor> result;
  for (const jit::Value* source : sources) {
    const auto found = gradients.find(source);
    result.push_back(found == gradients.end() || found->second.empty() ? at::Tensor() : found->second[0]);
  }
  return result;
}

}  // namespace tessera::attribution
