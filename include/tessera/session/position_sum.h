#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tessera/base/cube.h"
#include "tessera/engine/engine.h"

namespace tessera::session {

// What some channels of a layer contribute at each position, together: an H × W × 1 cube.
struct PositionSum {
  using Result = Cube;
  static constexpr engine::Lane lane = engine::Lane::cpu;
  std::shared_ptr<const Cube> values;  // contributions of all neurons
  std::string answered;       // the key of the query that answered with them, and how far it had come
  std::vector<int> channels;  // Throws Error where the cube has no such channel
  std::string key() const;
};

std::shared_ptr<const Cube> sum_by_position(const PositionSum& query);

// Registers what answers it.
void serve_position_sums(engine::Engine& engine);

}  // namespace tessera::session
