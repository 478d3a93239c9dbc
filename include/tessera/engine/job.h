#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string_view>
#include <utility>

namespace tessera::engine {

// Thrown by Job::throw_if_cancelled; a handler lets it pass. Never seen outside the engine.
struct Cancelled {};

// What a handler may do while it computes. Valid only during the call; used on the lane's thread.
class Job {
 public:
  using PreviewSink = std::function<void(std::shared_ptr<const void>)>;
  using ProgressSink = std::function<void(float, std::string_view)>;

  Job(std::stop_token stop, ProgressSink progress, PreviewSink preview)
      : stop_(std::move(stop)), progress_(std::move(progress)), preview_(std::move(preview)) {}

  const std::stop_token& stop_token() const { return stop_; }
  bool cancelled() const { return stop_.stop_requested(); }
  void throw_if_cancelled() const {
    if (cancelled()) throw Cancelled{};
  }

  // `fraction` in [0, 1]; `stage` a word or two for a person.
  void progress(float fraction, std::string_view stage) { progress_(fraction, stage); }

  // Shows a partial result; T must be the query's Result.
  template <class T>
  void preview(std::shared_ptr<const T> value) {
    preview_(std::move(value));
  }

 private:
  std::stop_token stop_;
  ProgressSink progress_;
  PreviewSink preview_;
};

}  // namespace tessera::engine
