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
    return {.arrangement = arrangement,
            .height = int(sizes[1]),
            .width = int(sizes[2]),
            .channels = int(sizes[3])};
  return {.arrangement = Arrangement::channels_first,
          .height = int(sizes[2]),
          .width = int(sizes[3]),
          .channels = int(sizes[1])};
}

// [1,T,D]: the grid of the maps that came before, else a square; with up to 16 class and register tokens in
// front.
std::optional<Grid> tokens_of(const Sizes& sizes, const Grid& last_map) {
  const int count = int(sizes[1]);
  const int expected = last_map.height * last_map.width;
  if (expected > 1 && count >= expected && count <= expected + 16)
    return Grid{.arrangement = Arrangement::tokens,
                .height = last_map.height,
                .width = last_map.width,
                .channels = int(sizes[2]),
                .prefix_tokens = count - expected,
                .turn = last_map.turn,
                .mixed = last_map.mixed};
  for (const int prefix : {0, 1, 2, 5}) {
    const int side = int(std::lround(std::sqrt(double(std::max(count - prefix, 0)))));
    if (side > 1 && side * side == count - prefix)
      return Grid{.arrangement = Arrangement::tokens,
                  .height = side,
                  .width = side,
                  .channels = int(sizes[2]),
                  .prefix_tokens = prefix};
  }
  return std::nullopt;
}

std::optional<Grid> judge_by_shape(const Sizes& sizes, const Grid& last_map) {
  const auto matches = [&](std::size_t axis) {
    return sizes[axis] == last_map.height && sizes[axis + 1] == last_map.width;
  };
  std::optional<Grid> map;
  if (sizes.size() == 4 && matches(2)) map = map_of(sizes, Arrangement::channels_first);
  if (sizes.size() == 4 && !map && matches(1)) map = map_of(sizes, Arrangement::channels_last);
  if (map) {
    map->turn = last_map.turn;
    map->mixed = last_map.mixed;
    return map;
  }
  if (sizes.size() == 3 && sizes[2] != std::int64_t(last_map.height) * last_map.width)
    return tokens_of(sizes, last_map);
  return std::nullopt;
}

// A map with its axes in another order: `axes[i]` is the old axis of the new axis i.
std::optional<Grid> permuted(const std::vector<std::int64_t>& axes, const Grid& before, const Sizes& sizes) {
  if (before.arrangement == Arrangement::tokens || axes.size() != 4 || axes[0] != 0) return std::nullopt;
  const bool first = before.arrangement == Arrangement::channels_first;
  const std::int64_t channels = first ? 1 : 3, rows = first ? 2 : 1, columns = first ? 3 : 2;
  std::optional<Grid> grid;
  if (axes[1] == channels) grid = map_of(sizes, Arrangement::channels_first);
  if (axes[3] == channels) grid = map_of(sizes, Arrangement::channels_last);
  if (!grid) return grid;
  grid->turn = before.turn;
  grid->certain = before.certain;
  grid->mixed = before.mixed;
  const auto at = [&](std::int64_t axis) { return std::find(axes.begin(), axes.end(), axis); };
  if (at(columns) < at(rows)) grid->turn.transposed = !grid->turn.transposed;
  return grid;
}

std::optional<std::vector<std::int64_t>> constant_axes(const jit::Node& node, std::size_t input,
                                                       std::int64_t rank) {
  if (node.inputs().size() <= input) return std::nullopt;
  const auto value = jit::toIValue(node.input(input));
  if (!value || !value->isIntList()) return std::nullopt;
  std::vector<std::int64_t> axes = value->toIntVector();
  for (std::int64_t& axis : axes) axis = axis < 0 ? axis + rank : axis;
  return axes;
}

std::optional<std::int64_t> constant_int(const jit::Node& node, std::size_t input) {
  if (node.inputs().size() <= input) return std::nullopt;
  const auto value = jit::toIValue(node.input(input));
  return value && value->isInt() ? std::optional(value->toInt()) : std::nullopt;
}

void flip(Grid& grid, bool rows) {  // of the network's own grid
  bool& flipped = rows != grid.turn.transposed ? grid.turn.flipped_rows : grid.turn.flipped_columns;
  flipped = !flipped;
}

// Transposed, flipped or rotated maps; nothing for other operations, and where the axes are not known.
std::optional<Grid> turned(std::string_view operation, const jit::Node& node, const Grid& before,
                           const Sizes& sizes) {
  const auto rank = std::int64_t(sizes.size());
  if (rank != 4) return std::nullopt;
  const bool first = before.arrangement == Arrangement::channels_first;
  const std::int64_t rows = first ? 2 : 1, columns = first ? 3 : 2;
  if (operation == "permute") {
    const auto axes = constant_axes(node, 1, rank);
    return axes ? permuted(*axes, before, sizes) : std::nullopt;
  }
  if (operation == "transpose" || operation == "swapaxes" || operation == "swapdims" || operation == "mT") {
    const auto one = operation == "mT" ? std::optional<std::int64_t>(-1) : constant_int(node, 1);
    const auto other = operation == "mT" ? std::optional<std::int64_t>(-2) : constant_int(node, 2);
    if (!one || !other) return std::nullopt;
    std::vector<std::int64_t> axes{0, 1, 2, 3};
    std::swap(axes[std::size_t((*one + rank) % rank)], axes[std::size_t((*other + rank) % rank)]);
    return permuted(axes, before, sizes);
  }
  if (before.arrangement == Arrangement::tokens) return std::nullopt;
  Grid grid = map_of(sizes, before.arrangement);
  grid.turn = before.turn;
  grid.certain = before.certain;
  grid.mixed = before.mixed;
  if (operation == "flip") {
    const auto axes = constant_axes(node, 1, rank);
    if (!axes) return std::nullopt;
    for (const std::int64_t axis : *axes)
      if (axis == rows || axis == columns) flip(grid, axis == rows);
    return grid;
  }
  if (operation == "rot90") {
    const auto times = constant_int(node, 1);
    const auto axes = constant_axes(node, 2, rank);
    if (!times || !axes || axes->size() != 2) return std::nullopt;
    if (!(((*axes)[0] == rows && (*axes)[1] == columns) || ((*axes)[0] == columns && (*axes)[1] == rows)))
      return std::nullopt;
    const std::int64_t k = ((((*axes)[0] == rows ? *times : -*times) % 4) + 4) % 4;
    // rot90 once, from rows to columns: transposed, then its rows flipped.
    for (std::int64_t i = 0; i < k; ++i) {
      grid.turn.transposed = !grid.turn.transposed;
      flip(grid, true);
    }
    return grid;
  }
  return std::nullopt;
}

constexpr std::array<std::string_view, 7> turning{"permute", "transpose", "swapaxes", "swapdims",
                                                  "mT",      "flip",      "rot90"};

// Which cell each token of a joined or cut sequence is; empty where that is not known.
std::vector<std::int64_t> cells_of(const Grid& grid, std::size_t tokens) {
  if (!grid.cells.empty()) return grid.cells;
  std::vector<std::int64_t> cells(tokens, -1);
  for (std::size_t i = std::size_t(grid.prefix_tokens); i < tokens; ++i)
    cells[i] = std::int64_t(i) - grid.prefix_tokens;
  return cells;
}

// The grid of an operation that leaves positions where they are, from its first input that has one.
std::optional<Grid> carried(const Grid& before, const Sizes& sizes) {
  if (before.arrangement == Arrangement::tokens) {
    if (!before.cells.empty() && std::int64_t(before.cells.size()) == sizes[1]) {
      Grid same = before;
      same.channels = int(sizes[2]);
      return same;
    }
    return tokens_of(sizes, before);
  }
  Grid grid = map_of(sizes, before.arrangement);
  grid.turn = before.turn;
  grid.certain = before.certain;
  grid.mixed = before.mixed;
  return grid;
}

// Tokens that were cut off a sequence, or joined to one: which are cells is followed from token to token,
// since class and register tokens may stand anywhere. `parts`: sequences whose tokens are not all there.
class TokenCells {
 public:
  // [1,T,D] after slice or cat along the tokens; nothing for all others.
  std::optional<Grid> follow(std::string_view operation, const jit::Node& node,
                             const std::unordered_map<const jit::Value*, Grid>& grids,
                             const std::unordered_map<const jit::Value*, Sizes>& sizes, const Sizes& shape) {
    if (shape.size() != 3) return std::nullopt;
    if (operation == "slice") {
      const Part* part = part_of(node.input(0), grids, sizes);
      const auto axis = constant_int(node, 1), step = constant_int(node, 4);
      if (!part || !axis || (*axis + 3) % 3 != 1) return std::nullopt;
      // Bounds may be computed from the picture's size; how many tokens there are is known.
      const auto size = std::int64_t(part->cells.size()), length = shape[1];
      const auto bound = [&](std::size_t input, std::int64_t otherwise) -> std::optional<std::int64_t> {
        std::optional<c10::IValue> value = c10::IValue();
        if (node.inputs().size() > input) value = jit::toIValue(node.input(input));
        if (!value) return std::nullopt;
        const std::int64_t given = value->isInt() ? value->toInt() : otherwise;
        return std::clamp<std::int64_t>(given < 0 ? given + size : given, 0, size);
      };
      const std::int64_t by = std::max<std::int64_t>(1, step.value_or(1));
      std::optional<std::int64_t> first = bound(2, 0);
      if (!first && bound(3, size) && by == 1) first = *bound(3, size) - length;
      if (!first || *first < 0 || *first + (length - 1) * by >= size) return std::nullopt;
      Part cut{part->grid, {}};
      for (std::int64_t i = 0; i < length; ++i)
        cut.cells.push_back(part->cells[std::size_t(*first + i * by)]);
      return keep(node.output(), std::move(cut), shape);
    }
    if (operation == "cat") {
      const auto axis = constant_int(node, 1);
      if (!axis || (*axis + 3) % 3 != 1 || node.input(0)->node()->kind() != c10::prim::ListConstruct)
        return std::nullopt;
      std::optional<Part> joined;
      std::vector<std::int64_t> cells;
      for (const jit::Value* element : node.input(0)->node()->inputs()) {
        const auto found = sizes.find(element);
        if (found == sizes.end() || found->second.size() != 3) return std::nullopt;
        if (const Part* part = part_of(element, grids, sizes)) {
          if (!joined) joined = Part{part->grid, {}};
          cells.insert(cells.end(), part->cells.begin(), part->cells.end());
        } else {
          cells.insert(cells.end(), std::size_t(found->second[1]), -1);
        }
      }
      if (!joined) return std::nullopt;
      joined->cells = std::move(cells);
      return keep(node.output(), std::move(*joined), shape);
    }
    return std::nullopt;
  }

 private:
  struct Part {
    Grid grid;
    std::vector<std::int64_t> cells;
  };

  const Part* part_of(const jit::Value* value, const std::unordered_map<const jit::Value*, Grid>& grids,
                      const std::unordered_map<const jit::Value*, Sizes>& sizes) {
    if (const auto found = parts_.find(value); found != parts_.end()) return &found->second;
    const auto grid = grids.find(value);
    if (grid == grids.end() || grid->second.arrangement != Arrangement::tokens) return nullptr;
    return &(parts_[value] = {grid->second, cells_of(grid->second, std::size_t(sizes.at(value)[1]))});
  }

  // A grid where every cell is there once.
  std::optional<Grid> keep(const jit::Value* value, Part part, const Sizes& shape) {
    std::vector<std::int64_t> there;
    for (const std::int64_t cell : part.cells)
      if (cell >= 0) there.push_back(cell);
    std::sort(there.begin(), there.end());
    const std::int64_t count = std::int64_t(part.grid.height) * part.grid.width;
    bool whole = std::int64_t(there.size()) == count;
    for (std::size_t i = 0; whole && i < there.size(); ++i) whole = there[i] == std::int64_t(i);
    Grid grid = part.grid;
    grid.channels = int(shape[2]);
    grid.cells = part.cells;
    grid.prefix_tokens = int(part.cells.size()) - int(count);
    parts_[value] = std::move(part);
    return whole ? std::optional(grid) : std::nullopt;
  }

  std::unordered_map<const jit::Value*, Part> parts_;
};

}  // namespace

std::unordered_map<const jit::Value*, Grid> find_grids(
    const jit::Graph& graph, const std::unordered_map<const jit::Value*, Sizes>& sizes) {
  std::unordered_map<const jit::Value*, Grid> grids;
  grids[graph.inputs()[0]] = map_of(sizes.at(graph.inputs()[0]), Arrangement::channels_first);
  grids[graph.inputs()[0]].certain = true;
  Grid last_map = grids[graph.inputs()[0]];
  TokenCells tokens;
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
      bool mixed = false;
      std::vector<const jit::Value*> inputs(node->inputs().begin(), node->inputs().end());
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        const jit::Node* made_by = inputs[i]->node();
        const std::string_view maker = made_by->kind().toQualString();
        if (const auto grid = grids.find(inputs[i]);
            grid != grids.end() && sizes.at(inputs[i]).size() == shape.size()) {
          // Pooled vectors (the gates of squeeze-and-excite) lie nowhere.
          mixed =
              mixed || (before && before->height * before->width > 1 &&
                        grid->second.height * grid->second.width > 1 && !(before->turn == grid->second.turn));
          if (!before) before = &grid->second;
        } else if (maker == "prim::ListConstruct" ||
                   (i < node->inputs().size() && kind == "prim::ListUnpack" && maker.starts_with("aten::")))
          inputs.insert(inputs.end(), made_by->inputs().begin(), made_by->inputs().end());
      }
      std::optional<Grid> grid;
      if (is_one_of(operation, make_maps)) {
        if (shape.size() == 4) {
          grid = map_of(shape, Arrangement::channels_first);
          grid->certain = true;
          grid->turn = before ? before->turn : last_map.turn;
          grid->mixed = before ? before->mixed : last_map.mixed;
        }
      } else if (auto followed = tokens.follow(operation, *node, grids, sizes, shape)) {
        grid = followed;
      } else if (before && shape.size() == 4 && is_one_of(operation, turning)) {
        grid = turned(operation, *node, *before, shape);
        // Heads and windows of attention have shapes like maps, and are transposed as such.
        if (grid && !before->certain && !(grid->turn == before->turn))
          grid = operation == "permute" ? std::nullopt : judge_by_shape(shape, last_map);
      } else if (is_one_of(operation, reshape)) {
        grid = judge_by_shape(shape, last_map);
      } else if (operation == "permute") {
        grid = judge_by_shape(shape, last_map);
      } else if (operation == "linear") {  // acts on the last axis
        if (before && before->arrangement != Arrangement::channels_first) grid = carried(*before, shape);
      } else if (!is_one_of(operation, mix) && before && (shape.size() == 4 || shape.size() == 3)) {
        grid = carried(*before, shape);
      }
      if (!grid) continue;
      grid->mixed = grid->mixed || mixed;
      grids[output] = *grid;
      if (grid->arrangement != Arrangement::tokens && grid->height * grid->width > 1) last_map = *grid;
    }
  }
  return grids;
}

}  // namespace tessera::model
