#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/commands/commands.h"
#include "app/core.h"
#include "app/log.h"
#include "tessera/featurevis/recipe.h"
#include "tessera/model/model_card.h"
#include "tessera/session/icon_queries.h"

namespace tessera::app {

// Which icons of a layer, and by which recipe.
struct IconChoice {
  std::string layer;
  std::string channels;  // "": all
  featurevis::Recipe recipe = featurevis::standard_recipe();
  std::filesystem::path store;  // empty: as everywhere else

  session::RenderIcon icon(const session::ModelRef& model, int channel) const;
};
void add_icon_choice(CLI::App& command, IconChoice& choice);

// Looks which of these channels' icons are there, in packs or in the store. In their order; nullptr where one
// is not.
std::vector<std::shared_ptr<const featurevis::Icon>> find_icons(Core& core, const session::ModelRef& model,
                                                                const IconChoice& choice,
                                                                const std::vector<int>& channels);

void add_icons_render(CLI::App& icons, CommandLine& line);
void add_icons_merge(CLI::App& icons, CommandLine& line);
void add_icons_sheet(CLI::App& icons, CommandLine& line);

}  // namespace tessera::app
