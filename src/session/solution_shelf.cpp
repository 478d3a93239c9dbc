#include "session/solution_shelf.h"

#include <algorithm>
#include <utility>

namespace tessera::session {

void SolutionShelf::put(const std::string& key,
                        std::shared_ptr<const factorization::Factorization> solution) {
  if (find(key)) return;
  used_ += memory_cost(*solution);
  places_.push_front({key, std::move(solution)});
  while (used_ > budget_) {
    used_ -= memory_cost(*places_.back().solution);
    places_.pop_back();
  }
}

std::shared_ptr<const factorization::Factorization> SolutionShelf::find(const std::string& key) {
  const auto found =
      std::find_if(places_.begin(), places_.end(), [&](const Place& place) { return place.key == key; });
  if (found == places_.end()) return nullptr;
  places_.splice(places_.begin(), places_, found);
  return places_.front().solution;
}

}  // namespace tessera::session
