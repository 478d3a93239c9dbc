#include "app/figure/set_options.h"

#include "app/find_class.h"
#include "app/find_layer.h"
#include "app/nearest_names.h"
#include "tessera/base/error.h"

namespace tessera::app {
namespace {

constexpr const char* set_option = "--set";

const figure::Setting& find_setting(const figure::Figure& figure, const std::string& key) {
  if (const figure::Setting* found = figure.find(key)) return *found;
  std::vector<std::string> keys;
  for (const figure::Setting& setting : figure.settings) keys.push_back(setting.key);
  const std::vector<std::string> nearest = nearest_names(key, keys);
  throw Error(
      "the figure " + figure.name + " has no setting '" + key + "'", set_option,
      nearest.empty() ? "It has " + joined_with_or(keys) : "Did you mean " + joined_with_or(nearest) + "?");
}

// A label's own words are for the model to find.
bool needs_model(const figure::Setting& setting) { return setting.kind == figure::SettingKind::class_index; }

}  // namespace

SetOptions::SetOptions(const figure::Figure& figure, const std::vector<std::string>& assignments) {
  for (const std::string& assignment : assignments) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos)
      throw Error("'" + assignment + "' is no key=value", set_option,
                  "`tessera figure " + figure.name + " --list` prints what can be set");
    const figure::Setting& setting = find_setting(figure, assignment.substr(0, equals));
    std::string value = assignment.substr(equals + 1);
    if (!needs_model(setting)) figure::value_from_text(setting, value);
    assignments_.emplace_back(&setting, std::move(value));
  }
}

std::vector<std::string> SetOptions::notes_for(const model::ModelCard& card) const {
  std::vector<std::string> notes;
  for (const auto& [setting, text] : assignments_)
    if (needs_model(*setting))
      if (std::string note = note_on_class(card, text, set_option); !note.empty())
        notes.push_back(std::move(note));
  return notes;
}

figure::Settings SetOptions::for_model(const model::ModelCard& card) const {
  figure::Settings settings;
  for (const auto& [setting, text] : assignments_) {
    const std::string where = std::string(set_option) + " " + setting->key;
    if (needs_model(*setting)) {
      settings[setting->key] = std::int64_t(find_class(card, text, where));
      continue;
    }
    figure::Value value = figure::value_from_text(*setting, text);
    // By their names, where an alias was given.
    if (setting->kind == figure::SettingKind::layer)
      value = find_layer(card, std::get<std::string>(value), where).name;
    if (setting->kind == figure::SettingKind::channel || setting->kind == figure::SettingKind::channels ||
        setting->kind == figure::SettingKind::group || setting->kind == figure::SettingKind::place) {
      std::string& named = std::get<std::string>(value);
      const std::string layer = figure::layer_in(named);
      named = find_layer(card, layer, where).name + named.substr(layer.size());
    }
    if (setting->kind == figure::SettingKind::layers)
      for (std::string& name : std::get<std::vector<std::string>>(value))
        name = find_layer(card, name, where).name;
    settings[setting->key] = std::move(value);
  }
  return settings;
}

}  // namespace tessera::app
