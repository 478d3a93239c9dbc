#include "featurevis/icon_state.h"

#include <algorithm>
#include <numeric>

namespace tessera::featurevis {
namespace {

constexpr std::size_t averaged = 8;
// An icon ends early where its objective rose by less than this share of all it gained …
constexpr double least_gain = .002;
// … from one window of so many steps to the next.
constexpr std::size_t window = 64;

double mean(const std::vector<float>& values, std::size_t first, std::size_t count) {
  return std::accumulate(values.begin() + std::ptrdiff_t(first),
                         values.begin() + std::ptrdiff_t(first + count), 0.0) /
         double(count);
}

float mean_of_last(const std::vector<float>& values) {
  if (values.empty()) return 0;
  const std::size_t count = std::min(averaged, values.size());
  return float(mean(values, values.size() - count, count));
}

}  // namespace

IconState::IconState(IconSubject subject_, std::uint64_t seed, std::uint64_t stream, std::size_t numbers)
    : subject(std::move(subject_)), random(seed, stream), optimiser(numbers, random) {}

float IconState::reached() const { return mean_of_last(objectives); }
float IconState::peak() const { return mean_of_last(peaks); }

void IconState::note(float objective, float peak) {
  objectives.push_back(objective);
  peaks.push_back(peak);
  if (objectives.size() < 3 * window || objectives.size() % averaged != 0) return;
  const double now = mean(objectives, objectives.size() - window, window);
  const double before = mean(objectives, objectives.size() - 2 * window, window);
  const double gained = now - mean(objectives, 0, averaged);
  flat = now - before < least_gain * gained;
}

}  // namespace tessera::featurevis
