#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tessera/model/preprocessing.h"

namespace tessera::model {

// What an exporter wrote about a model: docs/model_metadata.md.
struct Metadata {
  std::string name;
  std::optional<Preprocessing> preprocessing;
  std::vector<std::string> labels;
  std::vector<std::string> suggested_layers;
};

// Reads the JSON of `tessera.json` or a sidecar; `where` names it in errors. Throws Error for anything that
// is not as documented; unknown keys are ignored.
Metadata parse_metadata(const std::string& text, const std::string& where);

}  // namespace tessera::model
