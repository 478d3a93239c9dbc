#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <string>

#include "tessera/base/cube.h"

namespace tessera::session {

// Cubes that a forward pass captured ahead of being asked for, until they are. Used on the inference lane
// only.
class CubeShelf {
 public:
  explicit CubeShelf(std::size_t budget = std::size_t(256) << 20) : budget_(budget) {}

  std::size_t budget() const { return budget_; }  // bytes
  // Keeps a cube under the key of the query that would ask for it; the oldest give way. One beyond the budget
  // is not kept.
  void put(std::string key, std::shared_ptr<const Cube> cube);
  std::shared_ptr<const Cube> take(const std::string& key);  // nullptr where there is none

 private:
  struct Place {
    std::string key;
    std::shared_ptr<const Cube> cube;
  };
  std::size_t budget_;
  std::size_t used_ = 0;
  std::list<Place> places_;  // newest first
};

}  // namespace tessera::session
