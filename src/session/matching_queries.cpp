#include "tessera/session/matching_queries.h"

namespace tessera::session {

std::size_t memory_cost(const LayerMatch& value) {
  std::size_t cost = sizeof(value) + memory_cost(value.channels);
  for (const std::string& remark : value.remarks) cost += remark.size();
  return cost;
}

std::string MatchChannels::key() const {
  std::string key = model.key() + '\n' + layer + '\n' + with.key() + '\n' + with_layer;
  for (const ImageRef& image : images) key += '\n' + image.key();
  return key;
}

}  // namespace tessera::session
