#include "tessera/featurevis/activation_grid.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "featurevis/optimiser.h"
#include "featurevis/pass.h"
#include "featurevis/picture.h"
#include "featurevis/workers.h"
#include "model/failure_text.h"
#include "tessera/base/error.h"
#include "tessera/featurevis/icon_batch.h"

namespace tessera::featurevis {
namespace {

constexpr float own_share = .7f;
constexpr float group_share = .5f;
// Cells between two updates of the shared pictures.
constexpr std::size_t cells_together = 28;

void require_finite(const Cube& cube, const std::string& what, bool negative_too, const std::string& layer) {
  for (const float value : cube.values) {
    if (!std::isfinite(value)) throw Error(what + " hold values that are not finite", layer);
    if (!negative_too && value < 0) throw Error(what + " hold negative values", layer);
  }
}

void check_cells(const Cube& cells, const Cube& maps, const model::LayerInfo& layer) {
  if (cells.positions() == 0 || cells.channels != layer.channels)
    throw Error("cells of " + std::to_string(cells.channels) + " channels are none of a layer with " +
                    std::to_string(layer.channels),
                layer.name);
  if (maps.channels > 0 && (maps.height != cells.height || maps.width != cells.width))
    throw Error("the groups' maps do not have the size of the grid", layer.name);
  require_finite(cells, "the cells", true, layer.name);
  require_finite(maps, "the groups' maps", false, layer.name);
}

}  // namespace

void check(const GridRecipe& recipe) {
  const auto require = [](bool holds, const std::string& range) {
    if (!holds) throw Error("a grid cannot be made by this recipe: " + range, "", "Change it");
  };
  require(recipe.version >= 1, "its version is from 1 up");
  require(recipe.cell >= 16 && recipe.cell <= 256, "its cells are of 16 to 256 pixels");
  require(recipe.steps >= 1 && recipe.steps <= 4096, "its steps are from 1 to 4096");
  require(recipe.learning_rate > 0 && std::isfinite(recipe.learning_rate), "its learning rate is above 0");
  require(recipe.cosine_power >= 0 && std::isfinite(recipe.cosine_power),
          "the power of the cosine is from 0 up");
}

struct ActivationGrid::Impl {
  struct Cell {
    IconSubject subject;
    Random random;
    Optimiser own;
    std::vector<float> groups;  // how much of each
    std::vector<float> gradient;
    float objective = 0;
    bool lit = true;  // has activations at all
  };

  GridRecipe recipe;
  int rows;
  int columns;
  Pass pass;
  Random random;
  std::vector<Optimiser> shared;
  std::vector<Cell> cells;
  std::vector<std::size_t> order;  // of the present round
  std::size_t done = 0;            // cells of it
  int rounds = 0;
  std::vector<Room> rooms;
  std::string model_name;

  Impl(model::Model& model, const std::string& layer, const Cube& cube, const Cube& maps,
       const GridRecipe& recipe_)
      : recipe(recipe_),
        rows(cube.height),
        columns(cube.width),
        pass(model.impl(), layer, false, Style::plain, recipe.cell,
             choose_precision(model) == Precision::float32 ? at::kFloat : at::kBFloat16),
        random(recipe.seed),
        rooms(most_workers()),
        model_name(model.card().name) {
    const std::size_t numbers = pass.spectrum().numbers();
    std::vector<float> largest(std::size_t(maps.channels));
    for (std::size_t i = 0; i < maps.values.size(); ++i) {
      float& of = largest[i % largest.size()];
      of = std::max(of, maps.values[i]);
    }
    for (int group = 0; group < maps.channels; ++group) shared.emplace_back(numbers, random);
    for (int row = 0; row < rows; ++row)
      for (int column = 0; column < columns; ++column) {
        const std::span<const float> vector = cube.position(row, column);
        const bool lit = std::any_of(vector.begin(), vector.end(), [](float value) { return value != 0; });
        const std::size_t index = cells.size();
        Random own(recipe.seed, index + 1);
        Optimiser optimiser(numbers, own);
        Cell cell{{layer, Direction{{vector.begin(), vector.end()}, recipe.cosine_power}, false},
                  own,
                  std::move(optimiser),
                  {},
                  {},
                  0,
                  lit};
        for (int group = 0; group < maps.channels; ++group) {
          const float most = largest[std::size_t(group)];
          cell.groups.push_back(most > 0 ? maps.at(row, column, group) / most : 0);
        }
        cells.push_back(std::move(cell));
        order.push_back(index);
      }
  }

  std::vector<float> numbers_of(const Cell& cell) const {
    std::vector<float> numbers = cell.own.numbers();
    for (float& number : numbers) number *= own_share;
    for (std::size_t group = 0; group < shared.size(); ++group) {
      const float share = group_share * cell.groups[group];
      if (share == 0) continue;
      const std::vector<float>& of = shared[group].numbers();
      for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] += share * of[i];
    }
    return numbers;
  }

  void shuffle() {
    for (std::size_t i = order.size(); i > 1; --i)
      std::swap(order[i - 1], order[std::size_t(random.below(int(i)))]);
  }

  // One update of the next few cells, and of the shared pictures.
  void update_some() {
    if (done == 0) shuffle();
    const std::size_t count = std::min(cells_together, order.size() - done);
    in_parallel(count, [&](std::size_t i, std::size_t worker) {
      const at::NoGradGuard no_grad;
      Cell& cell = cells[order[done + i]];
      if (!cell.lit) return;
      Room& room = rooms[worker];
      pass.see(numbers_of(cell), rounds, cell.random, room);
      cell.objective = pass.value(cell.subject, room);
      pass.pull_back(room);
      cell.gradient = room.numbers;
    });
    for (std::size_t group = 0; group < shared.size(); ++group) {
      std::vector<float> sum(pass.spectrum().numbers());
      bool any = false;
      for (std::size_t i = 0; i < count; ++i) {
        const Cell& cell = cells[order[done + i]];
        const float share = group_share * cell.groups[group];
        if (!cell.lit || share == 0) continue;
        any = true;
        for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += share * cell.gradient[k];
      }
      if (any) shared[group].step(sum, recipe.learning_rate, 0);
    }
    for (std::size_t i = 0; i < count; ++i) {
      Cell& cell = cells[order[done + i]];
      if (cell.lit) cell.own.step(cell.gradient, recipe.learning_rate, 0);
    }
    done += count;
    if (done < order.size()) return;
    done = 0;
    ++rounds;
  }

  const Cell& at(int row, int column) const {
    if (row < 0 || row >= rows || column < 0 || column >= columns)
      throw Error("the grid has no cell " + std::to_string(row) + ", " + std::to_string(column));
    return cells[std::size_t(row) * std::size_t(columns) + std::size_t(column)];
  }
};

ActivationGrid::ActivationGrid(model::Model& model, const std::string& layer, const Cube& cells,
                               const Cube& maps, const GridRecipe& recipe) {
  check(recipe);
  check_cells(cells, maps, model.impl().layer(layer).info);
  impl_ = std::make_unique<Impl>(model, layer, cells, maps, recipe);
}
ActivationGrid::~ActivationGrid() = default;
ActivationGrid::ActivationGrid(ActivationGrid&&) noexcept = default;
ActivationGrid& ActivationGrid::operator=(ActivationGrid&&) noexcept = default;

void ActivationGrid::advance(int steps, const std::stop_token& stop) {
  const int goal = std::min(impl_->recipe.steps, impl_->rounds + steps);
  try {
    while (impl_->rounds < goal && !stop.stop_requested()) impl_->update_some();
  } catch (const c10::Error& error) {
    throw Error("the network failed while a grid was made: " + model::clause_of(error), impl_->model_name);
  }
}

int ActivationGrid::steps() const { return impl_->rounds; }
bool ActivationGrid::finished() const { return impl_->rounds >= impl_->recipe.steps; }
int ActivationGrid::rows() const { return impl_->rows; }
int ActivationGrid::columns() const { return impl_->columns; }

Image ActivationGrid::cell(int row, int column) const {
  Room room;
  impl_->pass.develop(impl_->numbers_of(impl_->at(row, column)), room);
  return to_picture(room.straight.data(), impl_->recipe.cell);
}

float ActivationGrid::objective(int row, int column) const { return impl_->at(row, column).objective; }

}  // namespace tessera::featurevis
