#include "tessera/figure/setting.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "figure/elements_json.h"
#include "tessera/base/error.h"

namespace tessera::figure {
namespace {

constexpr double greatest_index = 1e6;  // of classes, rows and columns

std::string number_text(double value) {
  char digits[40];
  const auto written = std::to_chars(digits, digits + sizeof digits, value);
  return {digits, written.ptr};
}

std::string from_to(const Setting& setting) {
  return " from " + number_text(setting.least) + " to " + number_text(setting.most);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

[[noreturn]] void refuse(const Setting& setting, const std::string& text) {
  const std::string shown = text.size() > 60 ? text.substr(0, 60) + "…" : text;
  throw Error("'" + shown + "' is not possible", setting.key, "It takes " + possible_values(setting));
}

bool in_range(const Setting& setting, double value) {
  return std::isfinite(value) && value >= setting.least && value <= setting.most;
}

bool is_index(std::int64_t value) { return value >= 0 && double(value) <= greatest_index; }

bool is_name(const std::string& text) { return !text.empty() && text.size() <= longest_text; }

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t comma = text.find(',');
    parts.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

// The number that is all of a text.
template <class T>
std::optional<T> parsed(std::string_view text) {
  T value{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

// "blocks.5.expand:17", "blocks.5.expand:0.25,0.5"
bool is_indexed(const std::string& text) {
  const std::string layer = layer_in(text);
  const auto index =
      parsed<std::int64_t>(std::string_view(text).substr(std::min(text.size(), layer.size() + 1)));
  return is_name(layer) && index && is_index(*index);
}

// "blocks.5.expand:3,17"
bool is_indexed_often(const std::string& text) {
  const std::string layer = layer_in(text);
  const std::vector<std::string> indices =
      split(std::string_view(text).substr(std::min(text.size(), layer.size() + 1)));
  return is_name(layer) && !indices.empty() && indices.size() <= longest_list &&
         std::ranges::all_of(indices, [](const std::string& each) {
           const auto index = parsed<std::int64_t>(each);
           return index && is_index(*index);
         });
}

bool is_place(const std::string& text) {
  const std::string layer = layer_in(text);
  const std::vector<std::string> shares =
      split(std::string_view(text).substr(std::min(text.size(), layer.size() + 1)));
  return is_name(layer) && shares.size() == 2 && std::ranges::all_of(shares, [](const std::string& share) {
           const auto value = parsed<double>(share);
           return value && *value >= 0 && *value <= 1;
         });
}

struct Fits {
  const Setting& setting;

  bool operator()(bool) const { return setting.kind == SettingKind::truth; }
  bool operator()(std::int64_t value) const {
    if (setting.kind == SettingKind::class_index) return is_index(value);
    return setting.kind == SettingKind::whole && in_range(setting, double(value));
  }
  bool operator()(double value) const {
    return setting.kind == SettingKind::number && in_range(setting, value);
  }
  bool operator()(const std::string& text) const {
    if (setting.kind == SettingKind::word)
      return std::find(setting.words.begin(), setting.words.end(), text) != setting.words.end();
    if (setting.kind == SettingKind::channel || setting.kind == SettingKind::group) return is_indexed(text);
    if (setting.kind == SettingKind::channels) return is_indexed_often(text);
    if (setting.kind == SettingKind::place) return is_place(text);
    return setting.kind == SettingKind::layer && is_name(text);
  }
  bool operator()(const std::vector<std::string>& list) const {
    return setting.kind == SettingKind::layers && !list.empty() && list.size() <= longest_list &&
           double(list.size()) <= setting.most && std::all_of(list.begin(), list.end(), is_name);
  }
};

std::optional<Value> read(const Setting& setting, std::string_view text) {
  switch (setting.kind) {
    case SettingKind::truth:
      if (text == "true" || text == "yes" || text == "on") return true;
      if (text == "false" || text == "no" || text == "off") return false;
      return std::nullopt;
    case SettingKind::whole:
    case SettingKind::class_index:
      return parsed<std::int64_t>(text);
    case SettingKind::number:
      return parsed<double>(text);
    case SettingKind::word:
    case SettingKind::layer:
    case SettingKind::channel:
    case SettingKind::channels:
    case SettingKind::group:
    case SettingKind::place:
    case SettingKind::spec:
      return std::string(text);
    case SettingKind::layers:
      return split(text);
  }
  return std::nullopt;
}

struct Text {
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return number_text(value); }
  std::string operator()(const std::string& text) const { return text; }
  template <class T>
  std::string operator()(const std::vector<T>& list) const {
    std::string text;
    for (const T& item : list) text += (text.empty() ? "" : ",") + (*this)(item);
    return text;
  }
};

}  // namespace

std::string layer_in(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  return colon == std::string::npos ? std::string() : text.substr(0, colon);
}

std::string possible_values(const Setting& setting) {
  switch (setting.kind) {
    case SettingKind::truth:
      return "true or false";
    case SettingKind::whole:
      return "a whole number" + from_to(setting);
    case SettingKind::number:
      return "a number" + from_to(setting);
    case SettingKind::word:
      return joined(setting.words);
    case SettingKind::layer:
      return "a layer's name";
    case SettingKind::layers:
      return "one to " + number_text(setting.most) + " layers' names with commas between them";
    case SettingKind::class_index:
      return "a class by label, number or index (#4)";
    case SettingKind::channel:
      return "a layer's name, a colon and a channel's index";
    case SettingKind::channels:
      return "a layer's name, a colon and channels' indices with commas between them";
    case SettingKind::group:
      return "a layer's name, a colon and a group's index";
    case SettingKind::place:
      return "a layer's name, a colon, and shares of the picture's height and width, as in " +
             std::string("blocks.5.expand:0.25,0.5");
    case SettingKind::spec:
      return "elements of a figure as JSON (docs/grammar.md)";
  }
  return {};
}

void check(const Setting& setting, const Value& value) {
  // What is wrong with a grammar is said in more words than a list of what is possible.
  if (const auto* text = std::get_if<std::string>(&value); text && setting.kind == SettingKind::spec) {
    elements_from_text(*text);
    return;
  }
  if (!std::visit(Fits{setting}, value)) refuse(setting, to_text(value));
}

Value value_from_text(const Setting& setting, std::string_view text) {
  const std::optional<Value> value = read(setting, text);
  if (!value) refuse(setting, std::string(text));
  check(setting, *value);
  return *value;
}

std::string to_text(const Value& value) { return std::visit(Text{}, value); }

}  // namespace tessera::figure
