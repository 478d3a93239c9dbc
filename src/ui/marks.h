#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/rect.h"

namespace tessera::ui {

// Where the widgets of the present frame are, by name ("sheet/channel/17", "rail/layer/blocks.8.expand"): how
// tests and scripted sessions find what to hover and click. Only what is on screen is here.
class Marks {
 public:
  void begin_frame() { marks_.clear(); }
  void add(std::string name, const Rect& where) { marks_.insert_or_assign(std::move(name), where); }

  std::optional<Rect> find(const std::string& name) const {
    const auto found = marks_.find(name);
    return found == marks_.end() ? std::nullopt : std::optional(found->second);
  }
  // The lowest edge of all of them; 0 where there are none.
  float bottom() const {
    float lowest = 0;
    for (const auto& [name, where] : marks_) lowest = std::max(lowest, where.to.y);
    return lowest;
  }
  std::vector<std::string> names(std::string_view prefix) const {
    std::vector<std::string> found;
    for (const auto& [name, where] : marks_)
      if (name.starts_with(prefix)) found.push_back(name);
    return found;
  }

 private:
  std::map<std::string, Rect> marks_;
};

}  // namespace tessera::ui
