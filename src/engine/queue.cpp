#include "engine/queue.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace tessera::engine {

bool more_urgent(const Entry& a, const Entry& b) {
  if ((a.waiters > 0) != (b.waiters > 0)) return a.waiters > 0;
  if (a.visibility != b.visibility) return a.visibility > b.visibility;
  return b.patient && !a.patient;
}

bool before(const Entry& a, const Entry& b) {
  if (more_urgent(a, b)) return true;
  if (more_urgent(b, a)) return false;
  if (a.asked_frame != b.asked_frame) return a.asked_frame > b.asked_frame;
  if (a.queued_frame != b.queued_frame) return a.queued_frame > b.queued_frame;
  return a.queued_count < b.queued_count;
}

std::shared_ptr<Entry> Queue::take_first(const std::function<bool(const Entry&)>& ready) {
  const auto first = std::min_element(entries_.begin(), entries_.end(), [&](const auto& a, const auto& b) {
    const bool a_ready = ready(*a), b_ready = ready(*b);
    return a_ready == b_ready ? before(*a, *b) : a_ready;
  });
  if (first == entries_.end() || !ready(**first)) return nullptr;
  std::shared_ptr<Entry> taken = std::move(*first);
  *first = std::move(entries_.back());
  entries_.pop_back();
  return taken;
}

std::vector<std::shared_ptr<Entry>> Queue::take_compatible(const Entry& entry, std::size_t most) {
  auto taken = take_if([&](const Entry& other) { return are_compatible(other, entry); });
  std::sort(taken.begin(), taken.end(), [](const auto& a, const auto& b) { return before(*a, *b); });
  if (taken.size() > most) {
    entries_.insert(entries_.end(), taken.begin() + std::ptrdiff_t(most), taken.end());
    taken.resize(most);
  }
  return taken;
}

bool Queue::any(const std::function<bool(const Entry&)>& holds) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const auto& entry) { return holds(*entry); });
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
