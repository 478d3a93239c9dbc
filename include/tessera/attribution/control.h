#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string_view>

#include "tessera/base/cancelled.h"

namespace tessera::attribution {

// How a sweep is steered while it runs. Asked and told between chunks, on the thread that runs it.
struct Control {
  // Bytes that one chunk of tangents or gradients may take, beyond the recorded forward pass. A sweep runs in
  // more and smaller chunks where this is less; one atom at a time is the least.
  std::size_t memory_budget = std::size_t(512) << 20;
  std::stop_token stop;
  std::function<void(float fraction, std::string_view stage)> progress;  // may be empty; fraction in [0, 1]

  void throw_if_cancelled() const {
    if (stop.stop_requested()) throw Cancelled{};
  }
  void report(float fraction, std::string_view stage) const {
    if (progress) progress(fraction, stage);
  }
};

}  // namespace tessera::attribution
