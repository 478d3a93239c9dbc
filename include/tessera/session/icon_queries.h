#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tessera/engine/engine.h"
#include "tessera/engine/query.h"
#include "tessera/featurevis/activation_grid.h"
#include "tessera/featurevis/icon.h"
#include "tessera/featurevis/icon_key.h"
#include "tessera/featurevis/icon_objective.h"
#include "tessera/featurevis/recipe.h"
#include "tessera/session/references.h"

// What may be asked about icons. Views ask with `ask_icon`, and with FindIconSheet where they show many
// channels of a layer. (All of this is final; more may be added below it.)
namespace tessera::session {

// What identifies a model's icons in packs and stores. Reads its whole file. Throws Error.
featurevis::Network network_of(const ModelRef& model);

// One icon, rendered, with previews after 8, 16, 32 … steps. Those of one model, layer and recipe that wait
// at the same time are made together. Where a pack or the store has it by now, it is taken from there. It
// gives way to shorter work on its lane and goes on afterwards; one that was cancelled goes on from where it
// was while that is remembered. Failures: what IconBatch refuses.
struct RenderIcon {
  using Result = featurevis::Icon;
  static constexpr engine::Lane lane = engine::Lane::inference;
  static constexpr std::size_t most_in_batch = 32;
  static constexpr bool patient = true;
  ModelRef model;
  featurevis::IconSubject subject;
  featurevis::Recipe recipe;
  std::string key() const;
  std::string batch() const;
};

// An icon that is there already.
struct FoundIcon {
  std::shared_ptr<const featurevis::Icon> icon;  // nullptr: it has to be rendered
};
std::size_t memory_cost(const FoundIcon& found);

// The same icon from a bundled pack, else from the store, else nothing. Reads files only and never fails, so
// that it waits for no network.
struct FindIcon {
  using Result = FoundIcon;
  static constexpr engine::Lane lane = engine::Lane::cpu;
  RenderIcon wanted;
  std::string key() const;
};

// How a view asks for an icon: looks whether it is there already and has it rendered only where it is not.
// The answer is that of one query: pending, maybe with a preview, then ready or failed. Once a frame for each
// icon, like Engine::ask.
engine::Answer<featurevis::Icon> ask_icon(engine::Engine& engine, const RenderIcon& wanted,
                                          engine::Visibility visibility = engine::Visibility::visible);
// The same for command lines and tests, like Engine::wait.
std::shared_ptr<const featurevis::Icon> wait_for_icon(
    engine::Engine& engine, const RenderIcon& wanted,
    const std::function<void(const engine::Progress&)>& progress = {});
void retry_icon(engine::Engine& engine, const RenderIcon& wanted);

// The icons of a layer's channels in one picture, row by row.
struct IconSheet {
  featurevis::Recipe recipe;  // theirs
  int side = 0;               // pixels of one
  int columns = 0;
  std::shared_ptr<const Image> picture;  // nullptr where there is no pack for this layer
  // By channel; nothing where the pack lacks one, whose place is white then.
  std::vector<std::optional<featurevis::IconQuality>> icons;

  bool has(int channel) const {
    return channel >= 0 && std::size_t(channel) < icons.size() && icons[std::size_t(channel)];
  }
  // Of the icon's upper left corner in the picture.
  int x(int channel) const { return channel % columns * side; }
  int y(int channel) const { return channel / columns * side; }
};
std::size_t memory_cost(const IconSheet& sheet);

// The icons that a pack has for the channels of a layer: a file and one texture instead of hundreds. An empty
// sheet where there is none: then ask for single icons. Never fails.
struct FindIconSheet {
  using Result = IconSheet;
  static constexpr engine::Lane lane = engine::Lane::cpu;
  ModelRef model;
  std::string layer;
  std::string key() const;
};

// A layer's activation vectors for a picture, each as the icon of its cell, in one picture.
struct GridPicture {
  int rows = 0;  // of cells
  int columns = 0;
  int window = 1;  // positions of the layer, a side, that one cell stands for, by their mean
  int cell = 0;    // pixels a side
  std::shared_ptr<const Image> picture;
  std::vector<float> magnitudes;  // ‖a‖ of each cell, row by row: for cells by magnitude
  // Nothing is optimised yet: each cell has a bundled icon of the channel that fires there most for that
  // channel, tinted by the cell's first three principal components; the tint alone where there is no pack.
  bool coarse = false;
  int steps = 0;        // of each cell
  bool settled = true;  // false: a preview
};
std::size_t memory_cost(const GridPicture& grid);

// Positions a side that become one cell, so that at most 14 cells stand beside each other.
int grid_window(int height, int width);
// Cells as large as fit: 64 pixels for 14 a side, up to 128 for fewer.
featurevis::GridRecipe standard_grid_recipe(int height, int width);

// Rendered with previews: a coarse one at once, then after 2, 4, 8 … steps. It gives way to shorter work and
// goes on afterwards, and from where it was when it was cancelled, while that is remembered. Cells share
// pictures of the layer's groups, `groups` of them found by non-negative factorization. Failures: what
// Activations, factorize and ActivationGrid refuse.
struct RenderGrid {
  using Result = GridPicture;
  static constexpr engine::Lane lane = engine::Lane::inference;
  static constexpr std::size_t most_in_batch = 1;
  static constexpr bool patient = true;
  ModelRef model;
  ImageRef image;
  std::string layer;
  featurevis::GridRecipe recipe;
  int groups = 6;
  std::string key() const;
  std::string batch() const { return key(); }
};

}  // namespace tessera::session
