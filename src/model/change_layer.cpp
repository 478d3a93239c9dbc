#include "model/change_layer.h"

#include "model/cube_tensor.h"
#include "tessera/base/error.h"

namespace tessera::model {
namespace {

// A cube as the layer holds its values. Prefix tokens, which no cube has, get `prefix`.
at::Tensor as_values(const Cube& cube, const LayerValue& layer, float prefix, c10::Device device) {
  at::Tensor original;
  if (layer.info.prefix_tokens > 0)
    original =
        at::full({1, layer.info.height * layer.info.width + layer.info.prefix_tokens, layer.info.channels},
                 prefix, at::TensorOptions().dtype(at::kFloat).device(device));
  return from_cubes({&cube, 1}, layer, original, device);
}

jit::Node* append(jit::Graph& graph, const char* operation, std::vector<jit::Value*> inputs) {
  jit::Node* node = graph.insertNode(
      graph.create(c10::Symbol::fromQualString(operation), at::ArrayRef<jit::Value*>(inputs)));
  node->output()->setType(c10::TensorType::get());
  return node;
}

}  // namespace

void change_layer(FlatGraph& flat, const LayerChange& change, c10::Device device) {
  const at::NoGradGuard no_grad;
  const LayerValue* layer = flat.find_layer(change.layer);
  if (!layer) throw Error("the model has no layer \"" + change.layer + "\"");
  jit::Value* before = layer->value;
  if (before == flat.picture)
    throw Error("nothing can be taken out of the picture itself", change.layer,
                "Choose a layer that the network computes");
  if (change.factor.values.empty() && change.minus.values.empty()) return;
  jit::Graph& graph = *flat.graph;
  const jit::WithInsertPoint here(before->node()->next());
  jit::Node* first = nullptr;
  jit::Value* changed = before;
  if (!change.factor.values.empty()) {
    jit::Value* factor = graph.insertConstant(as_values(change.factor, *layer, 1, device));
    first = append(graph, "aten::mul", {changed, factor});
    changed = first->output();
  }
  if (!change.minus.values.empty()) {
    jit::Value* minus = graph.insertConstant(as_values(change.minus, *layer, 0, device));
    jit::Node* node = append(graph, "aten::sub", {changed, minus, graph.insertConstant(1)});
    if (!first) first = node;
    changed = node->output();
  }
  before->replaceAllUsesWith(changed);
  first->replaceInput(0, before);
  flat.sizes[changed] = flat.sizes.at(before);
  for (LayerValue& each : flat.layers)
    if (each.value == before) each.value = changed;
}

}  // namespace tessera::model
