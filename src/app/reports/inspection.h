#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "tessera/model/classification.h"
#include "tessera/model/model_card.h"

namespace tessera::app {

// What `tessera inspect` found out.
struct Inspection {
  std::filesystem::path model;
  std::filesystem::path image;
  int image_width = 0;
  int image_height = 0;
  std::shared_ptr<const model::ModelCard> card;
  std::shared_ptr<const model::Classification> verdict;
};

// For people: what was opened, the ten likeliest classes, the layers in the order of computation, warnings.
std::string to_text(const Inspection& inspection);

// For programs: {"model", "image", "classes": [{"index", "label", "logit", "probability"}], "layers":
// [{"name", "height", "width", "channels", "suggested"}]}, all classes by descending logit, all layers in the
// order of computation. Always valid JSON in UTF-8: numbers that are not finite are null, bytes that are not
// UTF-8 are replaced.
std::string to_json(const Inspection& inspection);

}  // namespace tessera::app
