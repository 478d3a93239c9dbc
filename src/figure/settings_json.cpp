#include "figure/settings_json.h"

#include "tessera/base/error.h"

namespace tessera::figure {
namespace {

using strict_json::Json;

Json value_to_json(const Value& value) {
  return std::visit([](const auto& held) { return Json(held); }, value);
}

std::optional<Value> list_of_texts(const Json& json) {
  if (!json.is_array() || json.size() > longest_list) return std::nullopt;
  std::vector<std::string> list;
  for (const Json& item : json) {
    if (!item.is_string()) return std::nullopt;
    list.push_back(item.get<std::string>());
  }
  return list;
}

// A whole number where a fraction is possible is a number too; the other way round it is not.
std::optional<Value> value_from_json(const Setting& setting, const Json& json) {
  const auto is_whole = [](const Json& value) {
    return value.is_number_integer() && value.get<double>() < 9e18 && value.get<double>() > -9e18;
  };
  switch (setting.kind) {
    case SettingKind::truth:
      return json.is_boolean() ? std::optional<Value>(json.get<bool>()) : std::nullopt;
    case SettingKind::whole:
    case SettingKind::class_index:
      return is_whole(json) ? std::optional<Value>(json.get<std::int64_t>()) : std::nullopt;
    case SettingKind::number:
      return json.is_number() ? std::optional<Value>(json.get<double>()) : std::nullopt;
    case SettingKind::word:
    case SettingKind::layer:
    case SettingKind::channel:
    case SettingKind::channels:
    case SettingKind::group:
    case SettingKind::place:
    case SettingKind::spec:
      return json.is_string() ? std::optional<Value>(json.get<std::string>()) : std::nullopt;
    case SettingKind::layers:
      return list_of_texts(json);
  }
  return std::nullopt;
}

}  // namespace

Json settings_to_json(const Settings& settings) {
  Json json = Json::object();
  for (const auto& [key, value] : settings) json[key] = value_to_json(value);
  return json;
}

Settings settings_from_json(const Figure& figure, const Json& json, const strict_json::Subject& subject) {
  if (!json.is_object()) strict_json::refuse(subject, "has settings that are not a JSON object");
  Settings settings;
  for (const auto& [key, value] : json.items()) {
    const Setting* setting = figure.find(key);
    if (!setting)
      strict_json::refuse(subject, "has a setting that the figure " + figure.name + " does not know, \"" +
                                       key.substr(0, longest_text) + "\"");
    const std::optional<Value> read = value_from_json(*setting, value);
    if (!read)
      strict_json::refuse(subject,
                          "has something else than " + possible_values(*setting) + " for \"" + key + "\"");
    check(*setting, *read);
    settings.emplace(key, *read);
  }
  return settings;
}

}  // namespace tessera::figure
