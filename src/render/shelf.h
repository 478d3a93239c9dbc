#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace tessera::render {

// Things by key, kept as long as they are asked for. `Thing` has `std::size_t bytes() const`.
template <class Key, class Thing>
class Shelf {
 public:
  // Frames that a thing survives without being asked for, and bytes beyond which the least recently asked go
  // even sooner. What was asked for in the frame that ends is never dropped.
  Shelf(std::uint64_t frames_kept, std::size_t budget) : frames_kept_(frames_kept), budget_(budget) {}

  // nullptr where there is none. Counts as asking.
  Thing* find(const Key& key) {
    const auto found = things_.find(key);
    if (found == things_.end()) return nullptr;
    found->second.asked = frame_;
    return &found->second.thing;
  }

  Thing& put(const Key& key, Thing thing) {
    return things_.insert_or_assign(key, Place{std::move(thing), frame_}).first->second.thing;
  }

  void end_frame() {
    std::erase_if(things_, [this](const auto& item) { return frame_ - item.second.asked > frames_kept_; });
    std::size_t used = bytes();
    while (used > budget_) {
      const auto oldest =
          std::ranges::min_element(things_, {}, [](const auto& item) { return item.second.asked; });
      if (oldest->second.asked == frame_) break;
      used -= oldest->second.thing.bytes();
      things_.erase(oldest);
    }
    ++frame_;
  }

  std::uint64_t frame() const { return frame_; }
  std::size_t size() const { return things_.size(); }
  std::size_t bytes() const {
    std::size_t sum = 0;
    for (const auto& [key, place] : things_) sum += place.thing.bytes();
    return sum;
  }

 private:
  struct Place {
    Thing thing;
    std::uint64_t asked;
  };

  std::uint64_t frames_kept_;
  std::size_t budget_;
  std::uint64_t frame_ = 0;
  std::map<Key, Place> things_;
};

}  // namespace tessera::render
