#include "featurevis/quality_json.h"

#include <cmath>

namespace tessera::featurevis {

using strict_json::Json;

Json to_json(const IconQuality& quality) {
  // A number that is none has no JSON; an icon that has one is of no use, but still worth telling apart.
  const auto number = [](float value) { return std::isfinite(value) ? Json(value) : Json(0); };
  return {{"steps", quality.steps},
          {"settled", quality.settled},
          {"objective", number(quality.objective)},
          {"peak", number(quality.peak)},
          {"natural", quality.natural ? number(*quality.natural) : Json(nullptr)},
          {"failure", to_text(quality.failure)},
          {"attempts", quality.attempts}};
}

IconQuality quality_from_json(const Json& json) {
  const strict_json::Fields fields(json, {"an icon's quality", ""});
  fields.require({"steps", "settled", "objective", "peak", "natural", "failure", "attempts"});
  IconQuality quality;
  quality.steps = fields.index("steps");
  quality.settled = fields.truth("settled");
  quality.objective = fields.number("objective");
  quality.peak = fields.number("peak");
  if (!fields.at("natural").is_null()) quality.natural = fields.number("natural");
  quality.failure = failure_from_text(fields.text("failure"));
  quality.attempts = fields.index("attempts");
  return quality;
}

}  // namespace tessera::featurevis
