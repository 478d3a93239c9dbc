#pragma once

#include <algorithm>
#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <utility>

namespace tessera::session {

// What was computed on the way to answers and may be wanted again, by key, within a budget of bytes (what
// `memory_cost` says): the ones not wanted for longest give way. One beyond the budget is not kept. For one
// thread at a time.
template <class T>
class Recent {
 public:
  explicit Recent(std::size_t budget) : budget_(budget) {}

  std::size_t budget() const { return budget_; }

  void put(const std::string& key, std::shared_ptr<const T> value) {
    take(key);
    used_ += memory_cost(*value);
    places_.push_front({key, std::move(value)});
    while (used_ > budget_) {
      used_ -= memory_cost(*places_.back().value);
      places_.pop_back();
    }
  }

  std::shared_ptr<const T> find(const std::string& key) {  // null: not there
    const auto found = place_of(key);
    if (found == places_.end()) return nullptr;
    places_.splice(places_.begin(), places_, found);
    return places_.front().value;
  }

  // The same, and does not keep it.
  std::shared_ptr<const T> take(const std::string& key) {
    const auto found = place_of(key);
    if (found == places_.end()) return nullptr;
    std::shared_ptr<const T> value = std::move(found->value);
    used_ -= memory_cost(*value);
    places_.erase(found);
    return value;
  }

 private:
  struct Place {
    std::string key;
    std::shared_ptr<const T> value;
  };
  auto place_of(const std::string& key) {
    return std::find_if(places_.begin(), places_.end(), [&](const Place& place) { return place.key == key; });
  }

  std::size_t budget_;
  std::size_t used_ = 0;
  std::list<Place> places_;  // most recently wanted first
};

}  // namespace tessera::session
