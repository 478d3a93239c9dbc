#include "ui/state/figure_settings.h"

#include <charconv>

#include "tessera/base/error.h"
#include "tessera/figure/catalogue.h"
#include "tessera/figure/spec.h"
#include "ui/state/selection_text.h"

namespace tessera::ui {
namespace {

using figure::SettingKind;
using figure::Settings;

const figure::Figure& figure_named(const std::string& name) {
  const figure::Figure* found = figure::find_figure(name);
  if (!found) throw Error("there is no figure '" + name + "'");
  return *found;
}

const model::LayerInfo& layer_of(const model::ModelCard& card, const std::string& name) {
  const model::LayerInfo* found = card.find_layer(name);
  if (!found) throw Error("there is no layer '" + name + "' in " + card.name);
  return *found;
}

// What the model has to have.
void check_against(const model::ModelCard& card, const figure::Setting& setting, const figure::Value& value) {
  const std::string text = figure::to_text(value);
  switch (setting.kind) {
    case SettingKind::layer:
      layer_of(card, text);
      break;
    case SettingKind::layers:
      for (const std::string& name : std::get<std::vector<std::string>>(value)) layer_of(card, name);
      break;
    case SettingKind::place:
      layer_of(card, figure::layer_in(text));
      break;
    case SettingKind::channel:
    case SettingKind::channels: {
      const std::string layer = figure::layer_in(text);
      const char* at = text.data() + layer.size();
      const char* const end = text.data() + text.size();
      while (at != end) {
        int channel = 0;
        at = std::from_chars(at + 1, end, channel).ptr;  // past the colon or a comma
        if (channel >= layer_of(card, layer).channels)
          throw Error("there is no channel " + std::to_string(channel) + " in " + layer);
        if (at != end && *at != ',') break;
      }
      break;
    }
    case SettingKind::group:
      layer_of(card, figure::layer_in(text));
      break;
    case SettingKind::class_index:
      if (std::get<std::int64_t>(value) >= card.classes)
        throw Error("there is no class " + text + " in " + card.name);
      break;
    case SettingKind::spec: {
      std::vector<std::string> layers;
      for (const model::LayerInfo& layer : card.layers) layers.push_back(layer.name);
      if (const auto why = figure::objection(figure::spec_from_json(text).elements, layers))
        throw Error(*why);
      break;
    }
    case SettingKind::truth:
    case SettingKind::whole:
    case SettingKind::number:
    case SettingKind::word:
      break;
  }
}

}  // namespace

void apply_settings(AppState& state, const std::string& name, const Settings& settings,
                    const model::ModelCard& card) {
  const figure::Figure& figure = figure_named(name);
  figure::check(figure, settings);
  if (settings.contains("against") && !settings.contains("class"))
    throw Error("a class to compare with needs a class that is compared", "against", "Set class as well");
  for (const auto& [key, value] : settings) check_against(card, *figure.find(key), value);

  // What is left out becomes as it is in a fresh state; the layer, as it is when a model was just opened.
  AppState fresh;
  fresh.selection.layer = state.selection.layer;
  set_from_text(fresh, "view", name);
  for (const figure::Setting& setting : figure.settings)
    if (const auto found = settings.find(setting.key); found != settings.end())
      set_from_text(fresh, setting.key, figure::to_text(found->second));
  state.selection = fresh.selection;
  state.attribution = fresh.attribution;
  state.basis = fresh.basis;
  state.spatial = fresh.spatial;
  state.grids = fresh.grids;
  state.cube = fresh.cube;
  state.groups = fresh.groups;
  state.flows = fresh.flows;
  state.sheet = fresh.sheet;
  state.zoom = fresh.zoom;
  state.show_ablation = fresh.show_ablation;
}

Settings settings_of(const AppState& state, const std::string& name, const model::ModelCard& card) {
  const figure::Figure& figure = figure_named(name);
  Settings settings;
  for (const auto& [key, text] : settings_of(state)) {
    const figure::Setting* setting = figure.find(key);
    if (!setting) continue;
    figure::Value value = figure::value_from_text(*setting, text);
    check_against(card, *setting, value);
    settings.emplace(key, std::move(value));
  }
  return settings;
}

}  // namespace tessera::ui
