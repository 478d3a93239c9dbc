#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "tessera/base/cube.h"
#include "tessera/image/image.h"
#include "tessera/model/model.h"

namespace tessera::featurevis {

// Everything that determines a grid's pictures but its cells, its groups and the network.
struct GridRecipe {
  // Raised when the same settings begin to give other pictures.
  static constexpr int present_version = 1;

  int version = present_version;
  int cell = 64;    // pixels a side, 16 to 256
  int steps = 128;  // updates of each cell, 1 to 4096
  float learning_rate = .05f;
  float cosine_power = 0;  // of the direction objective (icon_objective.h)
  std::uint64_t seed = 0;
  bool operator==(const GridRecipe&) const = default;
};

// Throws Error where a number is out of range.
void check(const GridRecipe& recipe);

// Every cell of a layer as the icon of its activation vector (design: Numbers, Activation grid). A cell's
// numbers are 0.7·own + 0.5·Σ_j g_j·G_j: own ones, and those of a shared picture G_j for each group in so far
// as the group is present there. So neighbours look alike where they are alike, and all of them develop
// sooner.
//
// The model must outlive it. One thread at a time, the one that may run the model. The same request gives the
// same bits on the same machine.
class ActivationGrid {
 public:
  // cells: the layer's cube, or one pooled from it. maps: how much of each group is at each cell, as high and
  // as wide, any number of groups, none negative; each is scaled to a largest value of 1. Throws Error for:
  // an unknown layer, cells of another number of channels, maps of another size, values that are not finite,
  // negative maps, a recipe out of range, a network that runs neither at the cells' size nor at its own.
  ActivationGrid(model::Model& model, const std::string& layer, const Cube& cells, const Cube& maps,
                 const GridRecipe& recipe);
  ~ActivationGrid();
  ActivationGrid(ActivationGrid&&) noexcept;
  ActivationGrid& operator=(ActivationGrid&&) noexcept;

  // Up to `steps` more updates of every cell, fewer where the recipe's are reached or a stop is requested (no
  // exception: the cells are as they are then, some one update further than others). Throws Error where
  // values cease to be finite.
  void advance(int steps, const std::stop_token& stop = {});

  int steps() const;  // that every cell has had
  bool finished() const;
  int rows() const;
  int columns() const;

  // As it is now; before the first update nearly grey. A cell whose activations are all zero stays grey.
  Image cell(int row, int column) const;
  float objective(int row, int column) const;  // of the cell's last update

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Windows of so many positions a side as one cell each, by their mean; those at the right and lower edges may
// be smaller. For layers with more positions than cells can be told apart.
Cube pooled(const Cube& cube, int window);

}  // namespace tessera::featurevis
