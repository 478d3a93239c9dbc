#include "model/build_flat_graph.h"

#include <algorithm>

#include "model/dead_code.h"
#include "model/fold_batch_norm.h"
#include "model/list_layers.h"
#include "model/scores.h"

namespace tessera::model {
namespace {

// Removes what neither the scores nor the decisions need, and forgets what is said about it.
void remove_dead(FlatGraph& flat, Trace& trace) {
  std::vector<const jit::Value*> wanted{flat.logits};
  for (const Decision& decision : flat.decisions) wanted.push_back(decision.value);
  const auto live = values_behind(wanted);
  std::erase_if(trace.returns, [&](const ModuleReturn& returned) { return !live.contains(returned.value); });
  std::erase_if(trace.facts, [&](const auto& item) { return !live.contains(item.first); });
  remove_dead_code(*flat.graph, wanted);
}

// Moves names and facts from the batch norms' outputs to the values that replace them. The values that a
// convolution had before its batch norm exist no more, and neither do their names.
void rename_replaced(Trace& trace, const std::vector<ReplacedBatchNorm>& replaced) {
  for (const ReplacedBatchNorm& change : replaced) {
    if (change.folded)
      std::erase_if(trace.returns,
                    [&](const ModuleReturn& returned) { return returned.value == change.replacement; });
    for (ModuleReturn& returned : trace.returns)
      if (returned.value == change.normalized) returned.value = change.replacement;
    trace.facts[change.replacement] = trace.facts.at(change.normalized);
  }
}

void store_weights_channels_last(jit::Graph& graph) {
  for (jit::Node* node : graph.nodes()) {
    if (node->kind() != c10::aten::conv2d && node->kind() != c10::aten::conv_transpose2d) continue;
    jit::Node* weight = node->input(1)->node();
    if (weight->kind() != c10::prim::Constant || weight->kindOf(c10::attr::value) != jit::AttributeKind::t)
      continue;
    weight->t_(c10::attr::value, weight->t(c10::attr::value).contiguous(at::MemoryFormat::ChannelsLast));
  }
}

}  // namespace

BuiltGraph build_flat_graph(Trace trace, const std::vector<std::string>& suggested) {
  BuiltGraph built;
  FlatGraph& flat = built.flat;
  flat.graph = trace.graph;
  flat.picture = trace.input;
  const Scores scores = find_scores(trace);
  flat.logits = scores.value;
  built.classes = scores.classes;
  flat.output = scores.output;
  flat.form = scores.form;
  flat.decisions = std::move(trace.decisions);
  flat.random = trace.random;
  flat.evaluated = trace.evaluated;
  remove_dead(flat, trace);

  const auto replaced = replace_batch_norms(*flat.graph, [&](const jit::Value* value) {
    const auto fact = trace.facts.find(value);
    return fact == trace.facts.end() ? 0 : std::int64_t(fact->second.sizes.size());
  });
  rename_replaced(trace, replaced);
  std::unordered_map<const jit::Value*, std::string> operations;
  for (const ReplacedBatchNorm& change : replaced) {
    operations[change.replacement] = "batch_norm";
    built.folded_batch_norms += change.folded;
    if (flat.logits == change.normalized) flat.logits = change.replacement;
    if (!flat.first_norm.value && trace.facts.at(change.replacement).sizes.size() == 4)
      flat.first_norm = {change.replacement, change.weight, change.bias};
  }
  remove_dead(flat, trace);
  store_weights_channels_last(*flat.graph);

  for (const auto& [value, fact] : trace.facts) flat.sizes[value] = fact.sizes;
  std::vector<std::string> mixed;
  auto names = name_values(trace);
  // Complex and whole numbers are no cube.
  std::erase_if(names, [&](const auto& item) {
    const auto fact = trace.facts.find(item.first);
    return fact != trace.facts.end() && !c10::isFloatingType(fact->second.dtype);
  });
  flat.layers = list_layers(flat, names, operations, mixed);
  const std::vector<std::string> missing = suggest_layers(flat.layers, suggested);
  built.notes.assign(trace.notes.begin(), trace.notes.end());
  for (const LayerValue& layer : flat.layers) {
    if (layer.info.turn.none()) continue;
    built.notes.push_back("The network turns its picture inside: from " + layer.info.name +
                          " on, maps were " + to_text(layer.info.turn) +
                          "; they are turned back to lie on the picture");
    break;
  }
  if (!mixed.empty())
    built.notes.push_back("From " + mixed.front() +
                          " on, the network joins maps that lie differently on the picture: their cells have "
                          "no one place");
  for (const std::string& name : missing)
    built.notes.push_back("The metadata suggests layer \"" + name + "\", which the model does not have");
  flat.graph->registerOutput(flat.logits);
  return built;
}

}  // namespace tessera::model
