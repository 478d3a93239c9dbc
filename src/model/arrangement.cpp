#include "model/arrangement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "model/is_one_of.h"

namespace tessera::model {
namespace {

using Sizes = std::vector<std::int64_t>;

// Whatever goes in, maps [N,C,H,W] come out.
constexpr std::array<std::string_view, 12> make_maps{"conv2d",
                                                     "conv_transpose2d",
                                                     "max_pool2d",
                                                     "avg_pool2d",
                                                     "adaptive_avg_pool2d",
                                                     "adaptive_max_pool2d",
                                                     "upsample_nearest2d",
                                                     "upsample_bilinear2d",
                                                     "upsample_bicubic2d",
                                                     "pixel_shuffle",
                                                     "pixel_unshuffle",
                                                     "group_norm"};
// Positions and channels may end up anywhere: judged by the shape alone.
constexpr std::array<std::string_view, 10> reshape{"reshape",   "reshape_as", "flatten",   "unflatten",
                                                   "transpose", "swapaxes",   "unsqueeze", "squeeze",
                                                   "movedim",   "expand"};
// Mix positions, or have none.
constexpr std::array<std::string_view, 10> mix{"matmul", "bmm",     "baddbmm",
                                               "einsum", "softmax", "log_softmax",
                                               "mm",     "addmm",   "scaled_dot_product_attention",
                                               "t"};

Grid map_of(const Sizes& sizes, Arrangement arrangement) {
  if (arrangement == Arrangement::channels_last)
    return {arrangement, int(sizes[1]), int(sizes[2]), int(sizes[3]), 0};
  return {Arrangement::channels_first, int(sizes[2]), int(sizes[3]), int(sizes[1]), 0};
}

// [1,T,D]: the grid of the maps that came before, else a square; with up to 16 class and register tokens in
// front.
std::optional<Grid> tokens_of(const Sizes& sizes, const Grid& last_map) {
  const int count = int(sizes[1]);
  const int expected = last_map.height * last_map.width;
  if (expected > 1 && count >= expected && count <= expected + 16)
    return Grid{Arrangement::tokens, last_map.height, last_map.width, int(sizes[2]), count - expected};
  for (const int prefix : {0, 1, 2, 5}) {
    const int side = int(std::lround(std::sqrt(double(std::max(count - prefix, 0)))));
    if (side > 1 && side * side == count - prefix)
      return Grid{Arrangement::tokens, side, side, int(sizes[2]), prefix};
  }
  return std::nullopt;
}

std::optional<Grid> judge_by_shape(const Sizes& sizes, const Grid& last_map) {
  const auto matches = [&](std::size_t axis) {
    return sizes[axis] == last_map.height && sizes[axis + 1] == last_map.width;
  };
  if (sizes.size() == 4 && matches(2)) return map_of(sizes, Arrangement::channels_first);
  if (sizes.size() == 4 && matches(1)) return map_of(sizes, Arrangement::channels_last);
  if (sizes.size() == 3 && sizes[2] != std::int64_t(last_map.height) * last_map.width)
    return tokens_of(sizes, last_map);
  return std::nullopt;
}

std::optional<Grid> permuted(const jit::Node& node, const Grid& before, const Sizes& sizes) {
  const auto order = jit::toIValue(node.input(1));
  if (!order || !order->isIntList() || sizes.size() != 4) return std::nullopt;
  const std::vector<std::int64_t> axes = order->toIntVector();
  if (before.arrangement == Arrangement::channels_first && axes == std::vector<std::int64_t>{0, 2, 3, 1})
    return map_of(sizes, Arrangement::channels_last);
  if (before.arrangement == Arrangement::channels_last && axes == std::vector<std::int64_t>{0, 3, 1, 2})
    return map_of(sizes, Arrangement::channels_first);
  return std::nullopt;
}

// The grid of an operation that leaves positions where they are, from its first input that has one.
std::optional<Grid> carried(const Grid& before, const Sizes& sizes) {
  if (before.arrangement == Arrangement::tokens) {
    Grid grid_alone = before;
    return tokens_of(sizes, grid_alone);
  }
  return map_of(sizes, before.arrangement);
}

}  // namespace

std::unordered_map<const jit::Value*, Grid> find_grids(
    const jit::Graph& graph, const std::unordered_map<const jit::Value*, Sizes>& sizes) {
  std::unordered_map<const jit::Value*, Grid> grids;
  grids[graph.inputs()[0]] = map_of(sizes.at(graph.inputs()[0]), Arrangement::channels_first);
  Grid last_map = grids[graph.inputs()[0]];
  for (const jit::Node* node : graph.nodes()) {
    const std::string_view kind = node->kind().toQualString();
    if (!kind.starts_with("aten::") && kind != "prim::ListUnpack") continue;
    const std::string_view operation = kind.substr(kind.find("::") + 2);
    for (const jit::Value* output : node->outputs()) {
      const auto found = sizes.find(output);
      if (found == sizes.end() || found->second.empty() || found->second[0] != 1) continue;
      const Sizes& shape = found->second;
      // The first input that has a grid, looking into lists (cat, chunk).
      const Grid* before = nullptr;
      std::vector<const jit::Value*> inputs(node->inputs().begin(), node->inputs().end());
      for (std::size_t i = 0; i < inputs.size() && !before; ++i) {
        const jit::Node* made_by = inputs[i]->node();
        const std::string_view maker = made_by->kind().toQualString();
        if (const auto grid = grids.find(inputs[i]);
            grid != grids.end() && sizes.at(inputs[i]).size() == shape.size())
          before = &grid->second;
        else if (maker == "prim::ListConstruct" ||
                 (kind == "prim::ListUnpack" && maker.starts_with("aten::")))
          inputs.insert(inputs.end(), made_by->inputs().begin(), made_by->inputs().end());
      }
      std::optional<Grid> grid;
      if (is_one_of(operation, make_maps)) {
        if (shape.size() == 4) grid = map_of(shape, Arrangement::channels_first);
      } else if (is_one_of(operation, reshape)) {
        grid = judge_by_shape(shape, last_map);
      } else if (operation == "permute") {
        grid = before ? permuted(*node, *before, shape) : judge_by_shape(shape, last_map);
      } else if (operation == "linear") {  // acts on the last axis
        if (before && before->arrangement != Arrangement::channels_first) grid = carried(*before, shape);
      } else if (!is_one_of(operation, mix) && before && (shape.size() == 4 || shape.size() == 3)) {
        grid = carried(*before, shape);
      }
      if (!grid) continue;
      grids[output] = *grid;
      if (grid->arrangement != Arrangement::tokens && grid->height * grid->width > 1) last_map = *grid;
    }
  }
  return grids;
}

}  // namespace tessera::model
