#include <array>
#include <utility>

#include "tessera/base/error.h"
#include "tessera/model/device.h"

namespace tessera::model {
namespace {

constexpr std::array<std::pair<DeviceChoice, const char*>, 4> names{{{DeviceChoice::automatic, "auto"},
                                                                     {DeviceChoice::cpu, "cpu"},
                                                                     {DeviceChoice::cuda, "cuda"},
                                                                     {DeviceChoice::mps, "mps"}}};

}  // namespace

std::string to_text(DeviceChoice choice) {
  for (const auto& [value, name] : names)
    if (value == choice) return name;
  return "auto";
}

DeviceChoice device_choice_from_text(const std::string& text) {
  for (const auto& [value, name] : names)
    if (text == name) return value;
  throw Error("there is no device '" + text + "'", "--device", "Choose auto, cpu, cuda or mps");
}

}  // namespace tessera::model
