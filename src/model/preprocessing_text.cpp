#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include "base/in_quotes.h"
#include "tessera/base/error.h"
#include "tessera/model/preprocessing.h"

namespace tessera::model {
namespace {

constexpr int largest_side = 4096;
constexpr const char* example =
    "Write it like "
    "224x224,range=1,mean=0.485/0.456/0.406,std=0.229/0.224/0.225,order=rgb,fit=center_crop,crop=0.875";

[[noreturn]] void refuse(const std::string& what) { throw Error(what, "--preprocess", example); }

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<int> side(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1 || value > largest_side)
    return std::nullopt;
  return value;
}

// "224x224" or "224".
void read_size(std::string_view text, image::Fit& fit) {
  const auto sides = split(text, 'x');
  const auto width = side(sides[0]);
  const auto height = sides.size() == 1 ? width : side(sides[1]);
  if (sides.size() > 2 || !width || !height)
    refuse(in_quotes(text) + " is not a size from 1 to " + std::to_string(largest_side));
  fit.width = *width;
  fit.height = *height;
}

// "0.5" for all channels, or one number for each: "0.485/0.456/0.406".
void read_channels(std::string_view key, std::string_view text, std::array<double, 3>& values) {
  const auto parts = split(text, '/');
  if (parts.size() != 1 && parts.size() != 3) refuse(std::string(key) + " needs one number or three");
  for (std::size_t i = 0; i < 3; ++i) {
    const auto value = number(parts[parts.size() == 1 ? 0 : i]);
    if (!value) refuse(in_quotes(text) + " is not a number for each channel");
    if (key == "std" && *value == 0) refuse("std must not be 0");
    values[i] = *value;
  }
}

std::optional<Preprocessing> preset(std::string_view name) {
  Preprocessing preprocessing;
  if (name == "imagenet") return preprocessing;
  preprocessing.mean = {0, 0, 0};
  preprocessing.std = {1, 1, 1};
  if (name == "unit") return preprocessing;
  if (name == "raw") {
    preprocessing.range = 255;
    return preprocessing;
  }
  if (name != "inception" && name != "minus_one_one") return std::nullopt;
  preprocessing.mean = {0.5, 0.5, 0.5};
  preprocessing.std = {0.5, 0.5, 0.5};
  return preprocessing;
}

void read_field(std::string_view key, std::string_view value, Preprocessing& preprocessing) {
  if (key == "size") return read_size(value, preprocessing.fit);
  if (key == "mean") return read_channels(key, value, preprocessing.mean);
  if (key == "std") return read_channels(key, value, preprocessing.std);
  if (key == "range") {
    const auto range = number(value);
    if (!range || *range <= 0) refuse("range must be a number above 0");
    preprocessing.range = *range;
  } else if (key == "crop") {
    const auto fraction = number(value);
    if (!fraction || *fraction <= 0 || *fraction > 1) refuse("crop must be a number above 0 and up to 1");
    preprocessing.fit.crop_fraction = *fraction;
  } else if (key == "order") {
    if (value != "rgb" && value != "bgr" && value != "grey") refuse("order must be rgb, bgr or grey");
    preprocessing.order = value == "rgb"   ? ChannelOrder::rgb
                          : value == "bgr" ? ChannelOrder::bgr
                                           : ChannelOrder::grey;
  } else if (key == "fit") {
    if (value != "center_crop" && value != "letterbox" && value != "stretch")
      refuse("fit must be center_crop, letterbox or stretch");
    preprocessing.fit.rule = value == "center_crop" ? image::FitRule::center_crop
                             : value == "letterbox" ? image::FitRule::letterbox
                                                    : image::FitRule::stretch;
  } else {
    refuse("there is no field \"" + std::string(key) + "\"");
  }
}

// The shortest digits that read back as the same number.
std::string digits(double value) {
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end};
}

std::string digits(const std::array<double, 3>& values) {
  return digits(values[0]) + "/" + digits(values[1]) + "/" + digits(values[2]);
}

}  // namespace

std::string to_text(const Preprocessing& preprocessing) {
  const image::Fit& fit = preprocessing.fit;
  const std::string rule = fit.rule == image::FitRule::center_crop ? "center_crop"
                           : fit.rule == image::FitRule::letterbox ? "letterbox"
                                                                   : "stretch";
  const std::string order = preprocessing.order == ChannelOrder::rgb   ? "rgb"
                            : preprocessing.order == ChannelOrder::bgr ? "bgr"
                                                                       : "grey";
  return std::to_string(fit.width) + "x" + std::to_string(fit.height) +
         ",range=" + digits(preprocessing.range) + ",mean=" + digits(preprocessing.mean) +
         ",std=" + digits(preprocessing.std) + ",order=" + order + ",fit=" + rule +
         ",crop=" + digits(fit.crop_fraction);
}

Preprocessing preprocessing_from_text(const std::string& text) {
  Preprocessing preprocessing;
  bool first = true;
  for (const std::string_view field : split(text, ',')) {
    const std::size_t equals = field.find('=');
    if (equals != std::string_view::npos) {
      read_field(field.substr(0, equals), field.substr(equals + 1), preprocessing);
    } else if (const auto named = first ? preset(field) : std::nullopt) {
      preprocessing = *named;
    } else if (!field.empty() && field[0] >= '0' && field[0] <= '9') {
      read_size(field, preprocessing.fit);
    } else {
      refuse(in_quotes(field) + " is neither a preset, a size nor a field");
    }
    first = false;
  }
  return preprocessing;
}

}  // namespace tessera::model
