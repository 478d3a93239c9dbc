#include <charconv>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "app/reports/inspection.h"

namespace tessera::app {
namespace {

using Json = nlohmann::ordered_json;

// The double that prints like the float: 0.1f as 0.1, not as 0.10000000149011612.
Json shortest(float value) {
  if (!std::isfinite(value)) return nullptr;
  char text[32];
  *std::to_chars(text, text + sizeof text - 1, value).ptr = '\0';
  return std::strtod(text, nullptr);
}

}  // namespace

std::string to_json(const Inspection& inspection) {
  Json classes = Json::array();
  for (const model::ClassScore& score : inspection.verdict->classes)
    classes.push_back({{"index", score.index},
                       {"label", score.label},
                       {"logit", shortest(score.logit)},
                       {"probability", shortest(score.probability)}});
  Json layers = Json::array();
  for (const model::LayerInfo& layer : inspection.card->layers)
    layers.push_back({{"name", layer.name},
                      {"height", layer.height},
                      {"width", layer.width},
                      {"channels", layer.channels},
                      {"turned", model::to_text(layer.turn)},
                      {"suggested", layer.suggested}});
  const Json report{{"model", inspection.model.string()},
                    {"image", inspection.image.string()},
                    {"notes", inspection.card->notes},
                    {"classes", std::move(classes)},
                    {"layers", std::move(layers)}};
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace tessera::app
