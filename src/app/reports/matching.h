#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tessera/model/model_card.h"
#include "tessera/session/matching_queries.h"

namespace tessera::app {

// What `tessera match` found out.
struct MatchReport {
  std::vector<std::string> images;
  std::string layer;
  std::string with_layer;
  std::shared_ptr<const model::ModelCard> card;
  std::shared_ptr<const model::ModelCard> with_card;
  std::shared_ptr<const session::LayerMatch> match;
  int most_rows = 20;  // of the table; 0: all pairs
};

// For people: both layers, the best pairs, the mean correlation, constant channels, remarks.
std::string to_text(const MatchReport& report);

// For programs: {"images", "model": {"name", "layer", "channels", "constant"}, "with": the same, "positions",
// "mean_correlation", "remarks", "pairs": [{"channel", "with_channel", "correlation"}]}, all pairs, the best
// first.
std::string to_json(const MatchReport& report);

}  // namespace tessera::app
