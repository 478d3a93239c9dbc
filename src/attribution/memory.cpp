// What the answers weigh in the engine's memo.
#include "tessera/attribution/all_classes.h"
#include "tessera/attribution/flows.h"
#include "tessera/attribution/layer_to_layer.h"
#include "tessera/attribution/method.h"
#include "tessera/attribution/trust.h"

namespace tessera::attribution {

std::size_t memory_cost(const LayerToLayer& value) { return sizeof(value) + memory_cost(value.effects); }

std::size_t memory_cost(const Trust& value) {
  return sizeof(value) + value.compared.capacity() * (sizeof(std::size_t) + 3 * sizeof(float));
}

std::size_t memory_cost(const Attribution& value) {
  std::size_t bytes = sizeof(value) + (value.rectified.capacity() + value.falls.capacity()) * sizeof(float);
  for (const auto& cube : {value.activations, value.values, value.spread})
    if (cube) bytes += memory_cost(*cube);
  if (const auto* neurons = std::get_if<ChosenNeurons>(&value.ablated))
    bytes += neurons->list.capacity() * sizeof(NeuronIndex);
  return bytes;
}

std::size_t memory_cost(const GroupFlows& value) {
  return sizeof(value) + memory_cost(value.flows) +
         (value.bias.capacity() + value.later.capacity()) * sizeof(float);
}

std::size_t memory_cost(const PushedGroups& value) {
  std::size_t bytes = sizeof(value) + memory_cost(value.response);
  for (const Cube& tangent : value.tangents) bytes += memory_cost(tangent);
  return bytes;
}

std::size_t memory_cost(const AllClasses& value) {
  return sizeof(value) + memory_cost(value.effects) +
         (value.logits.capacity() + value.baseline_logits.capacity()) * sizeof(float) +
         value.classes.capacity() * sizeof(int);
}

}  // namespace tessera::attribution
