#include "tessera/featurevis/icon.h"

#include <array>
#include <utility>

#include "tessera/base/error.h"

namespace tessera::featurevis {
namespace {

constexpr std::array<std::pair<Failure, const char*>, 4> names{{{Failure::none, "none"},
                                                                {Failure::grey, "grey"},
                                                                {Failure::saturated, "saturated"},
                                                                {Failure::weak, "weak"}}};

}  // namespace

std::string to_text(Failure failure) {
  for (const auto& [value, name] : names)
    if (value == failure) return name;
  return "none";
}

Failure failure_from_text(std::string_view text) {
  for (const auto& [value, name] : names)
    if (text == name) return value;
  throw Error("icons do not fail as '" + std::string(text) + "'", "", "Choose none, grey, saturated or weak");
}

}  // namespace tessera::featurevis
