#include "base/strict_json.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "base/in_quotes.h"
#include "tessera/base/error.h"

namespace tessera::strict_json {
namespace {

constexpr int deepest = 16;

}  // namespace

void refuse(const Subject& subject, const std::string& why) {
  throw Error(subject.name + " " + why, "", subject.remedy);
}

Json parse(std::string_view text, const Subject& subject) {
  // Fields named twice would silently be the last of the two.
  std::vector<std::set<std::string>> open;
  std::string twice;
  bool too_deep = false;
  const auto look = [&](int depth, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::object_start) open.emplace_back();
    if (event == Json::parse_event_t::object_end && !open.empty()) open.pop_back();
    if (event == Json::parse_event_t::key && !open.empty() &&
        !open.back().insert(value.get<std::string>()).second)
      twice = value.get<std::string>();
    if (depth > deepest) too_deep = true;
    return !too_deep;
  };
  const Json parsed = Json::parse(text, look, /*allow_exceptions=*/false);
  if (too_deep) strict_json::refuse(subject, "is nested too deeply");
  if (parsed.is_discarded()) strict_json::refuse(subject, "is not valid JSON");
  if (!twice.empty()) strict_json::refuse(subject, "has the field " + in_quotes(twice) + " twice");
  return parsed;
}

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Fields::Fields(const Json& json, Subject subject) : json_(json), subject_(std::move(subject)) {
  if (!json.is_object()) refuse("is not a JSON object");
}

void Fields::refuse(const std::string& why) const { strict_json::refuse(subject_, why); }

void Fields::require(std::initializer_list<std::string_view> names) const {
  for (const auto& [name, value] : json_.items())
    if (std::find(names.begin(), names.end(), name) == names.end())
      refuse("has a field that it does not know, " + in_quotes(name));
  for (const std::string_view name : names)
    if (!json_.contains(std::string(name))) refuse("lacks the field " + in_quotes(name));
}

const Json& Fields::at(const char* name) const {
  if (!json_.contains(name)) refuse("lacks the field " + in_quotes(name));
  return json_.at(name);
}

std::string Fields::text(const char* name) const {
  if (!at(name).is_string()) refuse("has a " + in_quotes(name) + " that is not text");
  return at(name).get<std::string>();
}

bool Fields::truth(const char* name) const {
  if (!at(name).is_boolean()) refuse("has a " + in_quotes(name) + " that is neither true nor false");
  return at(name).get<bool>();
}

int Fields::index(const char* name) const { return strict_json::index(at(name), subject_); }

const Json& Fields::list(const char* name) const {
  if (!at(name).is_array()) refuse("has a " + in_quotes(name) + " that is not a list");
  return at(name);
}

float Fields::number(const char* name) const {
  if (!at(name).is_number()) refuse("has a " + in_quotes(name) + " that is not a number");
  const double value = at(name).get<double>();
  if (!(std::abs(value) <= double(std::numeric_limits<float>::max())))
    refuse("has a " + in_quotes(name) + " that is not finite");
  return float(value);
}

std::vector<float> Fields::numbers(const char* name) const {
  std::vector<float> values;
  values.reserve(list(name).size());
  for (const Json& item : list(name)) {
    if (!item.is_number()) refuse("has something else than numbers in " + in_quotes(name));
    const double value = item.get<double>();
    if (!(std::abs(value) <= double(std::numeric_limits<float>::max())))
      refuse("has a number in " + in_quotes(name) + " that is not finite");
    values.push_back(float(value));
  }
  return values;
}

int index(const Json& value, const Subject& subject) {
  const bool whole = value.is_number_integer();
  if (!whole || value.get<double>() < 0 || value.get<double>() > std::numeric_limits<int>::max())
    strict_json::refuse(subject, "has an index that is not a whole number from 0 up");
  return value.get<int>();
}

Json numbers(const std::vector<float>& values, const Subject& subject) {
  Json list = Json::array();
  for (const float value : values) {
    if (!std::isfinite(value)) strict_json::refuse(subject, "holds a number that is not finite");
    list.push_back(value);
  }
  return list;
}

}  // namespace tessera::strict_json
