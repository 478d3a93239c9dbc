#include "tessera/attribution/method.h"
#include "tessera/base/error.h"

namespace tessera::attribution {

std::string to_text(Baseline baseline) { return baseline == Baseline::mean ? "mean" : "zero"; }

Baseline baseline_from_text(std::string_view text) {
  for (const Baseline baseline : {Baseline::zero, Baseline::mean})
    if (text == to_text(baseline)) return baseline;
  throw Error("there is no baseline of this name", std::string(text), "Use zero or mean");
}

Cube baseline_of(const Cube& cube, Baseline baseline) {
  Cube result(cube.height, cube.width, cube.channels);
  if (baseline == Baseline::zero || cube.positions() == 0) return result;
  const std::vector<float> sums = reduce(cube, AllChannels{});
  for (std::size_t i = 0; i < result.values.size(); ++i)
    result.values[i] = sums[i % sums.size()] / float(cube.positions());
  return result;
}

}  // namespace tessera::attribution
