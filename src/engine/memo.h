#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <unordered_set>

#include "engine/aftermath.h"
#include "engine/entry.h"

namespace tessera::engine {

// Every known query by its identity, with a budget for what their answers weigh. Not thread-safe.
class Memo {
 public:
  explicit Memo(std::size_t budget) : budget_(budget) {}

  std::shared_ptr<Entry> find(const Identity& identity) const;  // nullptr where it is not known
  // Adds an entry, or returns the one that has its identity already.
  std::shared_ptr<Entry> insert(std::shared_ptr<Entry> entry);
  void touch(Entry& entry);  // it was asked for just now
  void erase(Entry& entry, Aftermath& after);

  // Gives the entry a new value (or none), weighing `cost` bytes.
  void store(Entry& entry, std::shared_ptr<const void> value, std::size_t cost, Aftermath& after);

  // Forgets finished answers and resting previews, least recently asked first, until the rest fits the
  // budget; never what was asked for in `since` or a later frame, has a waiter, or is finished and has not
  // been seen yet.
  void trim(std::uint64_t since, Aftermath& after);

  std::size_t used() const { return used_; }  // bytes, with what the entries themselves take

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(const Identity& identity) const;
    std::size_t operator()(const std::shared_ptr<Entry>& entry) const { return (*this)(entry->identity); }
  };
  struct Equal {
    using is_transparent = void;
    static const Identity& of(const Identity& identity) { return identity; }
    static const Identity& of(const std::shared_ptr<Entry>& entry) { return entry->identity; }
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
      return of(a) == of(b);
    }
  };

  std::size_t budget_;
  std::size_t used_ = 0;
  std::unordered_set<std::shared_ptr<Entry>, Hash, Equal> entries_;
  std::list<Entry*> recency_;  // most recently asked first
};

}  // namespace tessera::engine
