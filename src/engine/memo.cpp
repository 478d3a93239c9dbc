#include "engine/memo.h"

#include <functional>
#include <utility>

namespace tessera::engine {
namespace {

bool may_forget(const Entry& entry, std::uint64_t since) {
  if (entry.phase != Phase::ready && entry.phase != Phase::failed && entry.phase != Phase::resting)
    return false;
  if (entry.waiters > 0) return false;
  if (entry.asked_frame < since) return true;
  // Frame 0 is "no frames at all": there an answer is safe until it has been seen once.
  return entry.asked_frame == 0 && (entry.delivered || entry.phase == Phase::resting);
}

// What an entry takes besides its answer. Without it, millions of small answers would count for nothing.
std::size_t bookkeeping(const Entry& entry) {
  return sizeof(Entry) + entry.identity.key.capacity() + entry.tag.capacity() + 256;
}

}  // namespace

std::size_t Memo::Hash::operator()(const Identity& identity) const {
  return std::hash<std::string>{}(identity.key) ^ (identity.type.hash_code() * 31);
}

std::shared_ptr<Entry> Memo::find(const Identity& identity) const {
  const auto found = entries_.find(identity);
  return found == entries_.end() ? nullptr : *found;
}

std::shared_ptr<Entry> Memo::insert(std::shared_ptr<Entry> entry) {
  const auto [place, added] = entries_.insert(std::move(entry));
  if (added) {
    (*place)->recency = recency_.insert(recency_.begin(), place->get());
    used_ += bookkeeping(**place);
  }
  return *place;
}

void Memo::touch(Entry& entry) { recency_.splice(recency_.begin(), recency_, entry.recency); }

void Memo::erase(Entry& entry, Aftermath& after) {
  used_ -= bookkeeping(entry) + entry.cost;
  recency_.erase(entry.recency);
  const auto place = entries_.find(entry.identity);
  after.discard(std::move(entries_.extract(place).value()));
}

void Memo::store(Entry& entry, std::shared_ptr<const void> value, std::size_t cost, Aftermath& after) {
  after.discard(std::exchange(entry.value, std::move(value)));
  used_ = used_ - entry.cost + cost;
  entry.cost = cost;
}

void Memo::trim(std::uint64_t since, Aftermath& after) {
  for (auto place = recency_.end(); used_ > budget_ && place != recency_.begin();) {
    Entry& entry = **--place;
    if (!may_forget(entry, since)) continue;
    ++place;
    erase(entry, after);
  }
}

}  // namespace tessera::engine
