#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "tessera/check/report.h"
#include "tessera/model/model_card.h"

namespace tessera::app {

// What `tessera check` found out. For programs there is check::to_json.
struct CheckFindings {
  std::filesystem::path model;
  std::shared_ptr<const model::ModelCard> card;
  std::shared_ptr<const check::Report> report;
};

// For people: what was checked, a table with a row for each kind and what became of it, the sentences of what
// did not simply pass, and as the last line how many passed: "7 of 7 checks passed".
std::string to_text(const CheckFindings& findings);

}  // namespace tessera::app
