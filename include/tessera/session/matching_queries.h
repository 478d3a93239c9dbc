#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tessera/engine/query.h"
#include "tessera/factorization/correlation.h"
#include "tessera/session/references.h"

// What may be asked about two networks, or about one at two stages of its training.
namespace tessera::session {

struct LayerMatch {
  factorization::MatchedChannels channels;  // the one: of `model`, the other: of `with`
  std::vector<std::string> remarks;         // sentences for a person: what makes the pairs doubtful
};
std::size_t memory_cost(const LayerMatch& value);

// Which channels of two layers fire alike on the given pictures (factorization/correlation.h). Each network
// sees a picture as its own preprocessing says. The networks may be the same.
struct MatchChannels {
  using Result = LayerMatch;
  static constexpr engine::Lane lane = engine::Lane::inference;
  ModelRef model;
  std::string layer;
  ModelRef with;
  std::string with_layer;
  std::vector<ImageRef> images;  // one or more
  std::string key() const;
};

}  // namespace tessera::session
