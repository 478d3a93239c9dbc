#include "app/settings.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "tessera/base/atomic_file.h"
#include "tessera/base/error.h"

namespace tessera::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_recent = 20;
constexpr std::size_t most_preprocessings = 200;
constexpr std::uintmax_t largest_file = 1 << 20;
constexpr int least_side = 200;
constexpr int greatest_side = 20000;

Json to_json(const std::vector<std::filesystem::path>& files) {
  Json list = Json::array();
  for (const auto& file : files) list.push_back(file.string());
  return list;
}

std::vector<std::filesystem::path> files_from(const Json& json, const char* name) {
  std::vector<std::filesystem::path> files;
  const auto list = json.find(name);
  if (list == json.end() || !list->is_array()) return files;
  for (const Json& entry : *list)
    if (entry.is_string() && files.size() < most_recent) files.emplace_back(entry.get<std::string>());
  return files;
}

std::optional<std::pair<int, int>> window_from(const Json& json) {
  const auto size = json.find("window");
  if (size == json.end() || !size->is_array() || size->size() != 2) return std::nullopt;
  if (!(*size)[0].is_number_integer() || !(*size)[1].is_number_integer()) return std::nullopt;
  const auto width = (*size)[0].get<std::int64_t>(), height = (*size)[1].get<std::int64_t>();
  const auto sensible = [](std::int64_t side) { return side >= least_side && side <= greatest_side; };
  if (!sensible(width) || !sensible(height)) return std::nullopt;
  return std::pair{int(width), int(height)};
}

Json to_json(const ui::PanelLayout& panels) {
  Json json;
  json["rail"] = panels.rail_width;
  json["inspector"] = panels.inspector_width;
  json["inspector_open"] = panels.inspector_open;
  json["all_layers"] = panels.all_layers;
  json["folded"] = Json::array();
  for (std::size_t i = 0; i < panels.folded.size(); ++i)
    if (panels.folded[i]) json["folded"].push_back(ui::rail_section_names[i]);
  return json;
}

ui::PanelLayout panels_from(const Json& json) {
  ui::PanelLayout panels;
  const auto entries = json.find("panels");
  if (entries == json.end() || !entries->is_object()) return panels;
  const auto width = [&](const char* name, float& into) {
    if (const auto entry = entries->find(name); entry != entries->end() && entry->is_number())
      into = float(std::clamp(entry->get<double>(), 0.0, double(greatest_side)));
  };
  const auto flag = [&](const char* name, bool& into) {
    if (const auto entry = entries->find(name); entry != entries->end() && entry->is_boolean())
      into = entry->get<bool>();
  };
  width("rail", panels.rail_width);
  width("inspector", panels.inspector_width);
  flag("inspector_open", panels.inspector_open);
  flag("all_layers", panels.all_layers);
  if (const auto folded = entries->find("folded"); folded != entries->end() && folded->is_array())
    for (std::size_t i = 0; i < panels.folded.size(); ++i)
      panels.folded[i] = std::ranges::find(*folded, Json(ui::rail_section_names[i])) != folded->end();
  return ui::sensible(panels);
}

std::map<std::string, model::Preprocessing> preprocessing_from(const Json& json) {
  std::map<std::string, model::Preprocessing> known;
  const auto entries = json.find("preprocessing");
  if (entries == json.end() || !entries->is_object()) return known;
  for (const auto& [hash, text] : entries->items()) {
    if (!text.is_string() || known.size() >= most_preprocessings) continue;
    try {
      known.emplace(hash, model::preprocessing_from_text(text.get<std::string>()));
    } catch (const Error&) {
      // Written by hand or by another version: the user is asked again.
    }
  }
  return known;
}

Settings parse(const std::string& text) {
  const Json json = Json::parse(text);
  if (!json.is_object()) throw Error("the settings are not a JSON object");
  Settings settings;
  settings.recent_images = files_from(json, "recent_images");
  settings.recent_models = files_from(json, "recent_models");
  const auto theme = json.find("theme");
  settings.dark_theme = theme != json.end() && *theme == "dark";
  settings.window = window_from(json);
  settings.panels = panels_from(json);
  settings.preprocessing = preprocessing_from(json);
  return settings;
}

std::string read(const std::filesystem::path& file) {
  if (std::filesystem::file_size(file) > largest_file) throw Error("the file is too large");
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) throw Error("the file cannot be read");
  return text;
}

}  // namespace

std::filesystem::path settings_file() {
  const auto folder = [](const char* name) -> std::filesystem::path {
    const char* value = std::getenv(name);
    return value && *value ? std::filesystem::path(value) : std::filesystem::path();
  };
  // The XDG specification ignores paths that are not absolute.
  if (const auto config = folder("XDG_CONFIG_HOME"); config.is_absolute())
    return config / "tessera" / "settings.json";
  if (const auto home = folder("HOME"); home.is_absolute())
    return home / ".config" / "tessera" / "settings.json";
  return {};
}

LoadedSettings load_settings(const std::filesystem::path& file) {
  std::error_code ignored;
  if (file.empty() || !std::filesystem::is_regular_file(file, ignored)) return {};
  try {
    return {parse(read(file)), ""};
  } catch (const std::exception& error) {
    std::filesystem::path kept = file;
    kept += ".bak";
    std::filesystem::rename(file, kept, ignored);
    return {{},
            "The settings in " + file.string() +
                " could not be read and start afresh; the old file is kept as " + kept.filename().string() +
                " (" + error.what() + ")"};
  }
}

void save_settings(const std::filesystem::path& file, const Settings& settings) {
  if (file.empty()) return;
  Json json;
  json["recent_images"] = to_json(settings.recent_images);
  json["recent_models"] = to_json(settings.recent_models);
  json["theme"] = settings.dark_theme ? "dark" : "light";
  if (settings.window) json["window"] = {settings.window->first, settings.window->second};
  json["panels"] = to_json(settings.panels);
  json["preprocessing"] = Json::object();
  for (const auto& [hash, preprocessing] : settings.preprocessing)
    json["preprocessing"][hash] = model::to_text(preprocessing);
  std::error_code failed;
  std::filesystem::create_directories(file.parent_path(), failed);
  if (failed)
    throw Error("the folder for the settings cannot be made (" + failed.message() + ")",
                file.parent_path().string());
  write_file_atomically(file, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace tessera::app
