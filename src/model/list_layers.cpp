#include "model/list_layers.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

#include "model/arrangement.h"
#include "model/is_one_of.h"

namespace tessera::model {
namespace {

constexpr std::array<std::string_view, 8> never_negative{"relu",    "relu6",    "sigmoid", "hardsigmoid",
                                                         "softmax", "softplus", "abs",     "square"};
// Not negative where none of their tensors is.
constexpr std::array<std::string_view, 18> keep_sign{"max_pool2d",
                                                     "avg_pool2d",
                                                     "adaptive_avg_pool2d",
                                                     "adaptive_max_pool2d",
                                                     "add",
                                                     "mul",
                                                     "cat",
                                                     "reshape",
                                                     "flatten",
                                                     "permute",
                                                     "transpose",
                                                     "upsample_nearest2d",
                                                     "upsample_bilinear2d",
                                                     "slice",
                                                     "select",
                                                     "expand",
                                                     "chunk",
                                                     "pixel_shuffle"};

std::string operation_of(const jit::Value* value) {
  const std::string_view kind = value->node()->kind().toQualString();
  return std::string(kind.substr(kind.find("::") + 2));
}

std::unordered_set<const jit::Value*> find_non_negative(const jit::Graph& graph) {
  std::unordered_set<const jit::Value*> found;
  for (const jit::Node* node : graph.nodes()) {
    const std::string_view kind = node->kind().toQualString();
    const std::string_view operation = kind.substr(kind.find("::") + 2);
    bool holds = is_one_of(operation, never_negative);
    if (!holds &&
        (is_one_of(operation, keep_sign) || kind == "prim::ListConstruct" || kind == "prim::ListUnpack")) {
      bool any = false;
      holds = true;
      for (const jit::Value* input : node->inputs()) {
        const bool counts = input->type()->isSubtypeOf(*c10::TensorType::get()) ||
                            input->type()->isSubtypeOf(*c10::ListType::ofTensors());
        if (!counts) continue;
        any = true;
        holds = holds && found.contains(input);
      }
      holds = holds && any;
    }
    if (holds) found.insert(node->outputs().begin(), node->outputs().end());
  }
  return found;
}

}  // namespace

std::vector<LayerValue> list_layers(const FlatGraph& flat,
                                    const std::unordered_map<const jit::Value*, ValueName>& names,
                                    const std::unordered_map<const jit::Value*, std::string>& operations,
                                    std::vector<std::string>& mixed) {
  const auto grids = find_grids(*flat.graph, flat.sizes);
  const auto non_negative = find_non_negative(*flat.graph);
  std::vector<LayerValue> layers;
  const auto add = [&](jit::Value* value, const ValueName& name, LayerKind kind, std::string operation) {
    const Grid& grid = grids.at(value);
    LayerInfo info;
    info.name = name.name;
    info.aliases = name.aliases;
    info.kind = kind;
    info.height = grid.turn.transposed ? grid.width : grid.height;
    info.width = grid.turn.transposed ? grid.height : grid.width;
    info.turn = grid.turn;
    info.channels = grid.channels;
    info.prefix_tokens = grid.prefix_tokens;
    info.non_negative = non_negative.contains(value);
    info.operation = std::move(operation);
    std::vector<std::int64_t> tokens;
    if (!grid.cells.empty()) {
      tokens.resize(std::size_t(grid.height) * std::size_t(grid.width));
      for (std::size_t i = 0; i < grid.cells.size(); ++i)
        if (grid.cells[i] >= 0) tokens[std::size_t(grid.cells[i])] = std::int64_t(i);
      const bool in_order =
          tokens.front() == grid.prefix_tokens && std::is_sorted(tokens.begin(), tokens.end());
      if (in_order && tokens.back() == std::int64_t(grid.cells.size()) - 1) tokens.clear();
    }
    layers.push_back({std::move(info), value, grid.arrangement, std::move(tokens)});
    if (grid.mixed) mixed.push_back(layers.back().info.name);
  };
  add(flat.picture, {"input", {}}, LayerKind::input, "input");
  for (jit::Node* node : flat.graph->nodes()) {
    for (jit::Value* value : node->outputs()) {
      const auto name = names.find(value);
      const auto grid = grids.find(value);
      if (name == names.end() || grid == grids.end()) continue;
      const auto operation = operations.find(value);
      add(value, name->second,
          grid->second.arrangement == Arrangement::tokens ? LayerKind::tokens : LayerKind::map,
          operation == operations.end() ? operation_of(value) : operation->second);
    }
  }
  return layers;
}

std::vector<std::string> suggest_layers(std::vector<LayerValue>& layers,
                                        const std::vector<std::string>& wanted) {
  std::vector<std::string> missing;
  for (const std::string& name : wanted) {
    const auto found = std::find_if(layers.begin(), layers.end(), [&](const LayerValue& layer) {
      return layer.info.name == name || std::find(layer.info.aliases.begin(), layer.info.aliases.end(),
                                                  name) != layer.info.aliases.end();
    });
    if (found == layers.end())
      missing.push_back(name);
    else
      found->info.suggested = true;
  }
  if (missing.size() < wanted.size()) return missing;

  LayerInfo* last = nullptr;
  std::vector<LayerInfo*> tokens;
  for (LayerValue& layer : layers) {
    if (layer.info.kind == LayerKind::input) continue;
    if (layer.info.kind == LayerKind::tokens) tokens.push_back(&layer.info);
    // Pooled vectors (the gates of squeeze-and-excite) are no resolution.
    if (layer.info.kind != LayerKind::map || layer.info.height * layer.info.width <= 1) continue;
    if (last && (last->height != layer.info.height || last->width != layer.info.width))
      last->suggested = true;
    last = &layer.info;
  }
  if (last) last->suggested = true;
  for (std::size_t i = 1; i <= 4 && tokens.size() >= 4; ++i)
    tokens[tokens.size() * i / 4 - 1]->suggested = true;
  return missing;
}

}  // namespace tessera::model
