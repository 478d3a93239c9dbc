#pragma once

#include <memory>
#include <optional>
#include <string>

#include "tessera/base/error.h"

namespace tessera::engine {

enum class State {
  idle,     // known to the engine, waiting for its turn
  running,  // a worker computes it; `value` may hold a preview
  ready,    // `value` is the result
  failed    // `error` says why; `value` may hold the last preview
};

struct Progress {
  float fraction = 0;  // in [0, 1]
  std::string stage;   // a word or two for a person: "forward pass"
  // Until the job is done, going by how fast it has come so far; nothing where that cannot be told (yet), and
  // for what waits for its turn.
  std::optional<float> seconds_left = {};
};

// A snapshot of what is known about a query. Cheap to copy; the value is shared and immutable.
template <class T>
struct Answer {
  State state = State::idle;
  Progress progress;
  std::shared_ptr<const T> value;
  std::shared_ptr<const Error> error;

  bool ready() const { return state == State::ready; }
  bool failed() const { return state == State::failed; }
  bool pending() const { return !ready() && !failed(); }
};

}  // namespace tessera::engine
