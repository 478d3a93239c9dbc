#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <stop_token>
#include <string>

#include "engine/time_left.h"
#include "tessera/engine/engine.h"

namespace tessera::engine {

enum class Phase {
  resting,  // nobody wants it; kept only for a preview
  queued,
  running,
  stopping,  // still on its lane, but asked to stop
  ready,
  failed
};

// Everything the engine knows about one query. Guarded by the scheduler's lock, but for what is fixed at
// birth.
struct Entry {
  Entry(Identity identity_, const ErasedQuery& asked_)
      : identity(std::move(identity_)),
        lane(asked_.lane),
        tag(asked_.tag(asked_.query)),
        batch(asked_.batch(asked_.query)),
        most_in_batch(asked_.most_in_batch),
        patient(asked_.patient),
        query(asked_.copy(asked_.query)) {}

  const Identity identity;
  const Lane lane;
  const std::string tag;
  const std::string batch;
  const std::size_t most_in_batch;
  const bool patient;
  const std::shared_ptr<const void> query;

  // The answer.
  Phase phase = Phase::resting;
  Progress progress;
  TimeLeft time_left;                 // of the present run
  std::uint64_t progress_count = 0;   // grows with every report of progress
  std::shared_ptr<const void> value;  // result or last preview
  std::shared_ptr<const Error> error;
  std::size_t cost = 0;  // bytes of the value or the error

  // The demand.
  Visibility visibility = Visibility::background;
  std::uint64_t asked_frame = 0;   // of the latest ask
  std::uint64_t queued_frame = 0;  // when it was put into the queue
  std::uint64_t queued_count = 0;  // unique, in the order of queueing
  int waiters = 0;
  bool wanted_again = false;  // asked for while stopping
  bool delivered = false;     // somebody has seen the finished answer

  std::stop_source stop;                // of the present run
  std::list<Entry*>::iterator recency;  // the memo's
};

inline bool are_compatible(const Entry& a, const Entry& b) {
  return !a.batch.empty() && a.identity.type == b.identity.type && a.batch == b.batch;
}

inline bool on_lane(const Entry& entry) {
  return entry.phase == Phase::running || entry.phase == Phase::stopping;
}

}  // namespace tessera::engine
