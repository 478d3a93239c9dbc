#include "tessera/session/icon_queries.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <variant>

#include "tessera/base/content_hash.h"
#include "tessera/featurevis/icon_key.h"

namespace tessera::session {
namespace {

// Beside a model whose archive says nothing, this file says how pictures are prepared.
std::string sidecar_hash(std::filesystem::path model) {
  model.replace_extension(".json");
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(model, ignored)) return {};
  return "sidecar " + content_hash(model);
}

}  // namespace

featurevis::Network network_of(const ModelRef& model) {
  // A network without something makes icons of its own.
  const std::string without = model.without ? "without " + model.without->key : "";
  return {content_hash(model.file.path),
          (model.preprocessing ? to_text(*model.preprocessing) : sidecar_hash(model.file.path)) + without};
}

std::string RenderIcon::key() const { return model.key() + '\n' + featurevis::icon_digest(subject, recipe); }
// Variations of one subject are made together, whichever was asked for.
std::string RenderIcon::batch() const {
  featurevis::Recipe together = recipe;
  together.variation = 0;
  const bool is_class = std::holds_alternative<featurevis::ClassLogit>(subject.objective);
  return model.key() + '\n' + (is_class ? "classes" : "layer " + subject.layer) + '\n' + to_json(together);
}
std::string FindIcon::key() const { return wanted.key(); }
std::string FindIconSheet::key() const { return model.key() + '\n' + layer; }

std::size_t memory_cost(const FoundIcon& found) {
  return sizeof found + (found.icon ? memory_cost(*found.icon) : 0);
}

std::size_t memory_cost(const IconSheet& sheet) {
  return sizeof sheet + (sheet.picture ? memory_cost(*sheet.picture) : 0) +
         sheet.icons.size() * sizeof sheet.icons.front();
}

engine::Answer<featurevis::Icon> ask_icon(engine::Engine& engine, const RenderIcon& wanted,
                                          engine::Visibility visibility) {
  const engine::Answer<FoundIcon> found = engine.ask(FindIcon{wanted}, visibility);
  if (!found.ready() && !found.failed()) return {found.state, found.progress, nullptr, nullptr};
  if (found.value && found.value->icon) return {found.state, found.progress, found.value->icon, nullptr};
  return engine.ask(wanted, visibility);
}

std::shared_ptr<const featurevis::Icon> wait_for_icon(
    engine::Engine& engine, const RenderIcon& wanted,
    const std::function<void(const engine::Progress&)>& progress) {
  if (const auto found = engine.wait(FindIcon{wanted}); found->icon) return found->icon;
  return engine.wait(wanted, progress);
}

void retry_icon(engine::Engine& engine, const RenderIcon& wanted) { engine.retry(wanted); }

std::string RenderGrid::key() const {
  char text[160];
  std::snprintf(text, sizeof text, "%d %d %d %a %a %llu %d", recipe.version, recipe.cell, recipe.steps,
                double(recipe.learning_rate), double(recipe.cosine_power),
                static_cast<unsigned long long>(recipe.seed), groups);
  return model.key() + '\n' + image.key() + '\n' + layer + '\n' + text;
}

std::size_t memory_cost(const GridPicture& grid) {
  return sizeof grid + (grid.picture ? memory_cost(*grid.picture) : 0) +
         grid.magnitudes.size() * sizeof(float);
}

int grid_window(int height, int width) {
  constexpr int most_cells = 14;
  return std::max(1, (std::max(height, width) + most_cells - 1) / most_cells);
}

featurevis::GridRecipe standard_grid_recipe(int height, int width) {
  constexpr int picture = 14 * 64;
  const int window = grid_window(height, width);
  const int cells = std::max(1, (std::max(height, width) + window - 1) / window);
  featurevis::GridRecipe recipe;
  recipe.cell = std::clamp(picture / cells / 16 * 16, 64, 128);
  return recipe;
}

}  // namespace tessera::session
