#include "model/metadata.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "tessera/base/error.h"

namespace tessera::model {
namespace {

using nlohmann::json;

constexpr int largest_side = 4096;
constexpr const char* see = "See docs/model_metadata.md";

class Reader {
 public:
  Reader(const json& object, std::string where) : object_(object), where_(std::move(where)) {
    if (!object.is_object()) throw Error("the model's metadata is not a JSON object", where_, see);
  }

  bool has(const char* key) const { return object_.contains(key); }
  const json& at(const char* key) const { return object_.at(key); }

  [[noreturn]] void refuse(const char* key, const std::string& wanted) const {
    throw Error(std::string("the model's metadata has a \"") + key + "\" that is not " + wanted, where_, see);
  }

  std::string text(const char* key, std::string otherwise = {}) const {
    if (!has(key)) return otherwise;
    if (!at(key).is_string()) refuse(key, "text");
    return at(key).get<std::string>();
  }

  std::vector<std::string> texts(const char* key) const {
    std::vector<std::string> list;
    if (!has(key)) return list;
    if (!at(key).is_array()) refuse(key, "a list of text");
    for (const json& item : at(key)) {
      if (!item.is_string()) refuse(key, "a list of text");
      list.push_back(item.get<std::string>());
    }
    return list;
  }

  int side(const char* key, int otherwise) const {
    if (!has(key)) return otherwise;
    const json& value = at(key);
    if (!value.is_number_integer() || value.get<double>() < 1 || value.get<double>() > largest_side)
      refuse(key, "a whole number from 1 to " + std::to_string(largest_side));
    return value.get<int>();
  }

  double number(const char* key, double otherwise, double above, double most,
                const std::string& wanted) const {
    if (!has(key)) return otherwise;
    if (!at(key).is_number()) refuse(key, wanted);
    const double value = at(key).get<double>();
    if (!std::isfinite(value) || value <= above || value > most) refuse(key, wanted);
    return value;
  }

  void channels(const char* key, std::size_t count, bool zero_allowed, std::array<double, 3>& values) const {
    if (!has(key)) return;
    const std::string wanted =
        "a list of " + std::to_string(count) + (zero_allowed ? " numbers" : " numbers other than 0");
    if (!at(key).is_array() || at(key).size() != count) refuse(key, wanted);
    for (std::size_t i = 0; i < count; ++i) {
      if (!at(key)[i].is_number()) refuse(key, wanted);
      values[i] = at(key)[i].get<double>();
      if (!std::isfinite(values[i]) || (!zero_allowed && values[i] == 0)) refuse(key, wanted);
    }
  }

 private:
  const json& object_;
  std::string where_;
};

Preprocessing parse_preprocessing(const json& object, const std::string& where) {
  const Reader reader(object, where);
  Preprocessing preprocessing;
  preprocessing.fit.width = reader.side("width", preprocessing.fit.width);
  preprocessing.fit.height = reader.side("height", preprocessing.fit.height);
  const std::string fit = reader.text("fit", "center_crop");
  if (fit == "center_crop")
    preprocessing.fit.rule = image::FitRule::center_crop;
  else if (fit == "letterbox")
    preprocessing.fit.rule = image::FitRule::letterbox;
  else if (fit == "stretch")
    preprocessing.fit.rule = image::FitRule::stretch;
  else
    reader.refuse("fit", "center_crop, letterbox or stretch");
  preprocessing.fit.crop_fraction = reader.number("crop_fraction", 1, 0, 1, "a number above 0 and up to 1");
  preprocessing.range = reader.number("range", 1, 0, 1e9, "a number above 0");
  const std::string order = reader.text("order", "rgb");
  if (order == "rgb")
    preprocessing.order = ChannelOrder::rgb;
  else if (order == "bgr")
    preprocessing.order = ChannelOrder::bgr;
  else if (order == "grey")
    preprocessing.order = ChannelOrder::grey;
  else
    reader.refuse("order", "rgb, bgr or grey");
  const auto count = std::size_t(preprocessing.channels());
  reader.channels("mean", count, true, preprocessing.mean);
  reader.channels("std", count, false, preprocessing.std);
  return preprocessing;
}

}  // namespace

Metadata parse_metadata(const std::string& text, const std::string& where) {
  const json parsed = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (parsed.is_discarded()) throw Error("the model's metadata is not valid JSON", where, see);
  const Reader reader(parsed, where);
  if (!reader.has("tessera") || !reader.at("tessera").is_number_integer())
    throw Error("the model's metadata does not say which version of the format it has (\"tessera\": 1)",
                where, see);
  if (reader.at("tessera").get<double>() != 1)
    throw Error("the model's metadata has a newer format than this Tessera knows", where,
                "Use a newer Tessera");
  Metadata metadata;
  metadata.name = reader.text("name");
  metadata.labels = reader.texts("labels");
  metadata.suggested_layers = reader.texts("suggested_layers");
  if (reader.has("preprocessing"))
    metadata.preprocessing = parse_preprocessing(reader.at("preprocessing"), where);
  return metadata;
}

}  // namespace tessera::model
