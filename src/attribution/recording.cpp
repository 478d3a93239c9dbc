#include "attribution/recording.h"

#include <algorithm>
#include <vector>

#include "tessera/base/cancelled.h"
#include "tessera/base/error.h"

namespace tessera::attribution {

Recording::Recording(const Network& network, const at::Tensor& picture) : constants_(&network.constants()) {
  values_[network.flat().picture] = picture;
  for (const Network::Step& step : network.steps()) {
    std::vector<c10::IValue> stack;
    for (const jit::Value* input : step.node->inputs()) stack.push_back(at(input));
    run(step, std::move(stack));
  }
}

Recording::Recording(const Network& network, const Recording& picture, const jit::Value* layer,
                     const at::Tensor& replacement, std::span<const jit::Value* const> asked, bool keep,
                     const std::stop_token& stop)
    : constants_(&network.constants()), batch_(replacement.size(0)) {
  values_[layer] = replacement;
  const jit::Value* input = network.flat().picture;
  if (layer != input) {
    std::vector<std::int64_t> sizes = picture.tensor(input).sizes().vec();
    sizes[0] = batch_;
    values_[input] = picture.tensor(input).expand(sizes);
  }
  const Values& affected = network.downstream(layer);
  std::vector<const jit::Value*> targets(asked.begin(), asked.end());
  for (const model::Decision& decision : network.flat().decisions)
    if (decision.value != layer && affected.contains(decision.value)) targets.push_back(decision.value);
  Values needed;
  for (const jit::Value* target : targets) {
    const Values& above = network.upstream(target);
    needed.insert(above.begin(), above.end());
  }
  const auto takes_part = [&](const Network::Step& step) {
    const auto outputs = step.node->outputs();
    return std::any_of(outputs.begin(), outputs.end(), [&](const jit::Value* output) {
      return output != layer && affected.contains(output) && needed.contains(output);
    });
  };
  std::unordered_map<const jit::Value*, int> uses;  // still to come
  if (!keep) {
    for (const Network::Step& step : network.steps())
      if (takes_part(step))
        for (const jit::Value* value : step.node->inputs()) ++uses[value];
    for (const jit::Value* target : targets) ++uses[target];
  }
  for (const Network::Step& step : network.steps()) {
    if (!takes_part(step)) continue;
    if (stop.stop_requested()) throw Cancelled{};
    std::vector<c10::IValue> stack;
    for (const jit::Value* value : step.node->inputs()) stack.push_back(find(network, picture, value));
    run(step, std::move(stack));
    if (keep) continue;
    for (const jit::Value* value : step.node->inputs())
      if (--uses[value] == 0 && affected.contains(value)) values_.erase(value);
  }
  // A target that the layer does not reach.
  for (const jit::Value* target : targets) values_.try_emplace(target, find(network, picture, target));
  for (const model::Decision& decision : network.flat().decisions)
    if (decision.value != layer && affected.contains(decision.value) && !decision.is_as(at(decision.value)))
      throw Error("with this layer changed the network takes another branch than on the picture", {},
                  "Gradient × activation and the layers after the branch can be asked for");
}

const c10::IValue& Recording::at(const jit::Value* value) const {
  const auto found = values_.find(value);
  return found != values_.end() ? found->second : constants_->at(value);
}

// A value for this batch: where it is not affected, the picture's, once for each element of the batch.
const c10::IValue& Recording::find(const Network& network, const Recording& picture,
                                   const jit::Value* value) {
  if (const auto found = values_.find(value); found != values_.end()) return found->second;
  if (!network.varies(value)) return values_[value] = picture.at(value);
  const c10::IValue& once = picture.at(value);
  if (batch_ == 1) return values_[value] = once;
  // A network that runs in batches has them on the first axis. What else depends on the picture (sizes,
  // lists, values whose first axis holds more than the batch) is computed anew.
  if (once.isTensor() && once.toTensor().dim() >= 2 && once.toTensor().size(0) == 1) {
    std::vector<std::int64_t> sizes = once.toTensor().sizes().vec();
    sizes[0] = batch_;
    return values_[value] = once.toTensor().expand(sizes);
  }
  const Network::Step& step = network.step_of(value);
  std::vector<c10::IValue> stack;
  for (const jit::Value* input : step.node->inputs()) stack.push_back(find(network, picture, input));
  run(step, std::move(stack));
  return values_.at(value);
}

void Recording::run(const Network::Step& step, std::vector<c10::IValue> stack) {
  step.operation(stack);
  for (std::size_t i = 0; i < step.node->outputs().size(); ++i)
    values_[step.node->outputs()[i]] = std::move(stack[i]);
}

}  // namespace tessera::attribution
