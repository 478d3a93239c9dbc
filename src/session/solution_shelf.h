#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <string>

#include "tessera/factorization/factorization.h"

namespace tessera::session {

// Solutions that trying several k has found, until somebody wants to see one. Used on the CPU lane only.
class SolutionShelf {
 public:
  explicit SolutionShelf(std::size_t budget = std::size_t(64) << 20) : budget_(budget) {}

  // Keeps a solution; the ones not wanted for longest give way.
  void put(const std::string& key, std::shared_ptr<const factorization::Factorization> solution);
  std::shared_ptr<const factorization::Factorization> find(const std::string& key);  // null: none

 private:
  struct Place {
    std::string key;
    std::shared_ptr<const factorization::Factorization> solution;
  };
  std::size_t budget_;
  std::size_t used_ = 0;
  std::list<Place> places_;  // most recently wanted first
};

}  // namespace tessera::session
