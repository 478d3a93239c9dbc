#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// What can be set about a figure, as plain data: the window's views, files and the command line speak of it
// in the same words.
namespace tessera::figure {

enum class SettingKind {
  truth,        // bool: true, false
  whole,        // std::int64_t from least to most
  number,       // double from least to most
  word,         // std::string, one of `words`
  layer,        // std::string, a layer's name
  layers,       // std::vector<std::string>, one to most of them
  class_index,  // std::int64_t, an index into the model's classes
  channel,      // std::string, LAYER:INDEX
  channels,     // std::string, LAYER:INDEX,INDEX,…
  group,        // std::string, LAYER:INDEX
  place,        // std::string, LAYER:Y,X: the layer, and shares of the picture's height and width
  spec          // std::string, elements of the grammar as JSON (spec.h), without settings
};

using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>>;

struct Setting {
  std::string key;  // "layer"
  SettingKind kind = SettingKind::truth;
  std::string sentence;  // what it decides, for a person, without a full stop
  std::optional<Value> usual =
      {};            // what holds where nothing is said; none: nothing, or as the model suggests
  double least = 0;  // inclusive
  double most = 0;
  std::vector<std::string> words = {};
};

// Values by key. What a figure does not name holds as usual.
using Settings = std::map<std::string, Value>;

// Longest text and list that a value may have; a spec may be as long as longest_spec (spec.h).
inline constexpr std::size_t longest_text = 1000;
inline constexpr std::size_t longest_list = 64;

// Throws Error where the value is of another type or out of range; it names the key and says what is
// possible.
void check(const Setting& setting, const Value& value);

// "a whole number from 1 to 32", "mean, spread or index"
std::string possible_values(const Setting& setting);

// The layer in the text of a channel or a place: what stands before the last colon.
std::string layer_in(const std::string& text);

// As the command line has it, both ways: "true", "0.5", "mean", "blocks.5.expand,blocks.8.expand".
// Throws Error as `check` does. A class is an index here: only a model knows its labels.
Value value_from_text(const Setting& setting, std::string_view text);
std::string to_text(const Value& value);

}  // namespace tessera::figure
