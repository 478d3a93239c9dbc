// What layers do with the picture, as numbers.
#include <cmath>

#include "ui/numbers/collectors.h"
#include "ui/widgets/layer_grid.h"

namespace tessera::ui {
namespace {

// Those that views of several layers show.
void add_layers(NumberSheet& sheet) {
  const auto& layers = sheet.scene()->layers;
  for (const model::LayerInfo* layer : layers) sheet.layer(layer->name);
  sheet.constant("LAYERS", names_of(layers));
}

// That which views of one layer show; null while it is missing.
std::shared_ptr<const session::LayerActivations> add_layer(NumberSheet& sheet) {
  if (!sheet.scene()->layer) return nullptr;
  const std::string& name = sheet.scene()->layer->name;
  sheet.constant("LAYER", name);
  return sheet.layer(name);
}

// The activation vector at the position in question.
void add_vector(NumberSheet& sheet, const Cube& cube) {
  const auto& place = sheet.state().selection.place();
  const Position cell = place ? cell_of(*place, cube.height, cube.width) : most_active(cube);
  sheet.constant("ROW", std::int64_t(cell.y),
                 place ? "the pinned position" : "where the layer is most active");
  sheet.constant("COLUMN", std::int64_t(cell.x));
  const auto vector = cube.position(cell.y, cell.x);
  sheet.array("vector", {vector.size()}, {vector.begin(), vector.end()});
  sheet.part("vector");
}

}  // namespace

void collect_layers(NumberSheet& sheet) {
  add_layers(sheet);
  sheet.remark("Of this figure the layers that it is made of are here, and nothing that is drawn of them.");
}

void collect_overview(NumberSheet& sheet) {
  add_layers(sheet);
  for (const model::LayerInfo* layer : sheet.scene()->layers)
    if (const auto activations = sheet.layer(layer->name))
      sheet.array("mean/" + layer->name, {activations->channel_mean.size()}, activations->channel_mean);
  if (const auto& verdict = sheet.scene()->verdict) {
    std::vector<float> probabilities(verdict->classes.size());
    for (const model::ClassScore& score : verdict->classes)
      if (std::size_t(score.index) < probabilities.size())
        probabilities[std::size_t(score.index)] = score.probability;
    const std::size_t count = probabilities.size();
    sheet.array("probabilities", {count}, std::move(probabilities));
  }
  sheet.part("overview");
  sheet.remark("Icons are not made again.");
}

void collect_dictionary(NumberSheet& sheet) {
  if (const auto activations = add_layer(sheet)) add_vector(sheet, *activations->cube);
  sheet.remark("Icons are not made again.");
  if (sheet.state().basis != Basis::channels)
    sheet.remark("The vector is here as the layer has it, not as components or groups.");
}

void collect_grids(NumberSheet& sheet) {
  add_layers(sheet);
  for (const model::LayerInfo* layer : sheet.scene()->layers) {
    const auto activations = sheet.layer(layer->name);
    if (!activations) continue;
    const Cube& cube = *activations->cube;
    sheet.array("magnitude/" + layer->name, {std::size_t(cube.height), std::size_t(cube.width)},
                magnitudes(cube));
  }
  sheet.part("grids");
  sheet.remark("Icons and components are not made again: the vectors that they stand for are.");
}

void collect_cube(NumberSheet& sheet) {
  if (const auto activations = add_layer(sheet)) add_vector(sheet, *activations->cube);
  if (sheet.state().cube.atom == Atom::group) add_groups_of_layer(sheet);
}

void collect_sheet(NumberSheet& sheet) {
  if (const auto activations = add_layer(sheet)) {
    sheet.array("mean", {activations->channel_mean.size()}, activations->channel_mean);
    sheet.array("deviation", {activations->channel_deviation.size()}, activations->channel_deviation);
  }
  sheet.part("sheet");
}

}  // namespace tessera::ui
