#include "app/nearest_names.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/folded.h"

namespace tessera::app {
namespace {

// Letters inserted, removed or replaced (Levenshtein).
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t(0));
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

}  // namespace

std::vector<std::string> nearest_names(std::string_view wanted, std::span<const std::string> names,
                                       std::size_t most) {
  const std::string lowered = folded(wanted).substr(0, 200);
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const std::string& name : names) {
    const std::string candidate = folded(name);
    const bool contained = !lowered.empty() && candidate.find(lowered) != std::string::npos;
    const std::size_t changed = edits(lowered, candidate);
    if (contained)
      ranked.emplace_back(0, name);
    else if (changed * 2 <= std::max(lowered.size(), candidate.size()))
      ranked.emplace_back(changed, name);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> result;
  for (std::size_t i = 0; i < std::min(most, ranked.size()); ++i)
    result.push_back(std::move(ranked[i].second));
  return result;
}

std::string joined_with_or(std::span<const std::string> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += names[i];
  }
  return text;
}

}  // namespace tessera::app
