#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/entry.h"

namespace tessera::engine {

// What waits for a lane. The order is found when something is taken, because every ask may change it. Not
// thread-safe.
class Queue {
 public:
  bool empty() const { return entries_.empty(); }
  std::size_t size() const { return entries_.size(); }
  void push(std::shared_ptr<Entry> entry) { entries_.push_back(std::move(entry)); }
  // The first for which `ready` holds; nullptr where there is none.
  std::shared_ptr<Entry> take_first(const std::function<bool(const Entry&)>& ready);
  // The first `most` that may be computed together with an entry, in their order.
  std::vector<std::shared_ptr<Entry>> take_compatible(const Entry& entry, std::size_t most);
  bool any(const std::function<bool(const Entry&)>& holds) const;
  // Takes out and returns every entry for which `chosen` holds.
  std::vector<std::shared_ptr<Entry>> take_if(const std::function<bool(const Entry&)>& chosen);

 private:
  std::vector<std::shared_ptr<Entry>> entries_;
};

// Whether somebody wants `a` more than `b`, whenever they were asked for.
bool more_urgent(const Entry& a, const Entry& b);

// Whether `a` is to be computed before `b`: the order that engine.h promises.
bool before(const Entry& a, const Entry& b);

}  // namespace tessera::engine
