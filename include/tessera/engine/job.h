#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string_view>
#include <typeindex>
#include <utility>

#include "tessera/base/cancelled.h"
#include "tessera/engine/query.h"

namespace tessera::engine {

// Thrown by Job::throw_if_cancelled and by computations that were given the job's stop token; a handler lets
// it pass. Never seen outside the engine.
using tessera::Cancelled;

// What a handler may do while it computes. Valid only during the call; used on the lane's thread.
class Job {
 public:
  using ProgressSink = std::function<void(float fraction, std::string_view stage)>;
  using PreviewSink = std::function<void(std::shared_ptr<const void> value, std::size_t cost)>;

  Job(std::stop_token stop, std::type_index result, ProgressSink progress, PreviewSink preview,
      std::function<bool()> more_urgent_waits = {})
      : stop_(std::move(stop)),
        result_(result),
        progress_(std::move(progress)),
        preview_(std::move(preview)),
        more_urgent_waits_(std::move(more_urgent_waits)) {}

  const std::stop_token& stop_token() const { return stop_; }
  bool cancelled() const { return stop_.stop_requested(); }
  void throw_if_cancelled() const {
    if (cancelled()) throw Cancelled{};
  }

  // Whether a query waits for this lane that somebody wants more than all that is computed on it now (see
  // Query: patient). A handler that can go on later puts its members back then.
  bool should_give_way() const { return more_urgent_waits_ && more_urgent_waits_(); }

  // `fraction` in [0, 1]; `stage` a word or two for a person. Cheap enough for every step of a loop: views
  // are woken only when the fraction has moved by a hundredth or the stage changes.
  void progress(float fraction, std::string_view stage) { progress_(fraction, stage); }

  // Shows a partial result; T must be the query's Result.
  template <class T>
  void preview(std::shared_ptr<const T> value) {
    if (result_ != typeid(T)) throw std::logic_error("a preview must have the type of the query's result");
    if (!value) return;
    const std::size_t cost = cost_of(*value);
    preview_(std::move(value), cost);
  }

 private:
  std::stop_token stop_;
  std::type_index result_;
  ProgressSink progress_;
  PreviewSink preview_;
  std::function<bool()> more_urgent_waits_;
};

}  // namespace tessera::engine
