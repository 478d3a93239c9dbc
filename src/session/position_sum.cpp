#include "tessera/session/position_sum.h"

#include "tessera/base/error.h"

namespace tessera::session {

std::string PositionSum::key() const {
  std::string text = answered + '\n';
  for (const int channel : channels) text += std::to_string(channel) + ',';
  return text;
}

std::shared_ptr<const Cube> sum_by_position(const PositionSum& query) {
  const Cube& values = *query.values;
  for (const int channel : query.channels)
    if (channel < 0 || channel >= values.channels)
      throw Error("there is no channel " + std::to_string(channel));
  auto map = std::make_shared<Cube>(values.height, values.width, 1);
  for (int y = 0; y < values.height; ++y)
    for (int x = 0; x < values.width; ++x) {
      const auto vector = values.position(y, x);
      double sum = 0;
      for (const int channel : query.channels) sum += double(vector[std::size_t(channel)]);
      map->values[std::size_t(y) * std::size_t(values.width) + std::size_t(x)] = float(sum);
    }
  return map;
}

void serve_position_sums(engine::Engine& engine) {
  engine.answer_with<PositionSum>(
      [](const PositionSum& query, engine::Job&) { return sum_by_position(query); });
}

}  // namespace tessera::session
