#include "session/cube_shelf.h"

#include <algorithm>
#include <utility>

namespace tessera::session {

void CubeShelf::put(std::string key, std::shared_ptr<const Cube> cube) {
  take(key);
  used_ += memory_cost(*cube);
  places_.push_front({std::move(key), std::move(cube)});
  while (used_ > budget_) {
    used_ -= memory_cost(*places_.back().cube);
    places_.pop_back();
  }
}

std::shared_ptr<const Cube> CubeShelf::take(const std::string& key) {
  const auto found =
      std::find_if(places_.begin(), places_.end(), [&](const Place& place) { return place.key == key; });
  if (found == places_.end()) return nullptr;
  std::shared_ptr<const Cube> cube = std::move(found->cube);
  used_ -= memory_cost(*cube);
  places_.erase(found);
  return cube;
}

}  // namespace tessera::session
