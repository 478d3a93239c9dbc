#include "app/commands/icons.h"

#include "tessera/base/error.h"
#include "tessera/featurevis/icon_objective.h"

namespace tessera::app {

session::RenderIcon IconChoice::icon(const session::ModelRef& model, int channel) const {
  return {model, {layer, featurevis::Channel{channel}, false}, recipe};
}

void add_icon_choice(CLI::App& command, IconChoice& choice) {
  command
      .add_option("--channels", choice.channels, "Which of the layer's channels: 17 or 0-63 (default: all)")
      ->option_text("RANGE");
  const std::string size = std::to_string(choice.recipe.size), steps = std::to_string(choice.recipe.steps);
  command.add_option("--steps", choice.recipe.steps, "Updates of the optimisation (default: " + steps + ")")
      ->check(CLI::Range(1, 4096))
      ->option_text("NUMBER");
  command.add_option("--size", choice.recipe.size, "Pixels a side (default: " + size + ")")
      ->check(CLI::Range(16, 512))
      ->option_text("PIXELS");
  command
      .add_option_function<std::string>(
          "--style",
          [&choice](const std::string& text) { choice.recipe.style = featurevis::style_from_text(text); },
          "plain or alpha (default: " + to_text(choice.recipe.style) + ")")
      ->check(CLI::IsMember({"plain", "alpha"}))
      ->option_text("STYLE");
  command
      .add_option("--restraint", choice.recipe.restraint,
                  "How much strong contrast and saturation are held back (default: 0)")
      ->check(CLI::Range(0.0f, 1e6f))
      ->option_text("NUMBER");
  command.add_option("--seed", choice.recipe.seed, "Of the optimisation (default: 0)")->option_text("NUMBER");
  command
      .add_option("--store", choice.store, "The folder of finished icons (default: ~/.cache/tessera/icons)")
      ->option_text("FOLDER");
}

std::vector<std::shared_ptr<const featurevis::Icon>> find_icons(Core& core, const session::ModelRef& model,
                                                                const IconChoice& choice,
                                                                const std::vector<int>& channels) {
  std::vector<std::shared_ptr<const featurevis::Icon>> icons;
  for (const int channel : channels)
    icons.push_back(core.engine().wait(session::FindIcon{choice.icon(model, channel)})->icon);
  return icons;
}

void add_icons(CommandLine& line) {
  CLI::App* icons =
      line.app.add_subcommand("icons", "Makes and keeps icons: what each channel of a layer detects");
  icons->require_subcommand(1);
  add_icons_render(*icons, line);
  add_icons_merge(*icons, line);
  add_icons_sheet(*icons, line);
}

}  // namespace tessera::app
