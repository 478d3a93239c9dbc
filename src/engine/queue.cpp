#include "engine/queue.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tessera::engine {

bool before(const Entry& a, const Entry& b) {
  if ((a.waiters > 0) != (b.waiters > 0)) return a.waiters > 0;
  if (a.visibility != b.visibility) return a.visibility > b.visibility;
  if (a.asked_frame != b.asked_frame) return a.asked_frame > b.asked_frame;
  if (a.queued_frame != b.queued_frame) return a.queued_frame > b.queued_frame;
  return a.queued_count < b.queued_count;
}

std::shared_ptr<Entry> Queue::take_first() {
  const auto first = std::min_element(entries_.begin(), entries_.end(),
                                      [](const auto& a, const auto& b) { return before(*a, *b); });
  if (first == entries_.end()) return nullptr;
  std::shared_ptr<Entry> taken = std::move(*first);
  *first = std::move(entries_.back());
  entries_.pop_back();
  return taken;
}

std::vector<std::shared_ptr<Entry>> Queue::take_if(const std::function<bool(const Entry&)>& chosen) {
  const auto taken =
      std::partition(entries_.begin(), entries_.end(), [&](const auto& entry) { return !chosen(*entry); });
  std::vector<std::shared_ptr<Entry>> result(std::make_move_iterator(taken),
                                             std::make_move_iterator(entries_.end()));
  entries_.erase(taken, entries_.end());
  return result;
}

}  // namespace tessera::engine
