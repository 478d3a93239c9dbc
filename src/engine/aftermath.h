#pragma once

#include <memory>
#include <stop_token>
#include <utility>
#include <vector>

namespace tessera::engine {

// What has to wait until the lock is released: the destructors of answers, which may be slow, and stop
// requests, which run the callbacks of whoever listens. Declare it before the lock.
class Aftermath {
 public:
  Aftermath() = default;
  ~Aftermath() {
    for (std::stop_source& source : stops_) source.request_stop();
  }
  Aftermath(const Aftermath&) = delete;
  Aftermath& operator=(const Aftermath&) = delete;

  void discard(std::shared_ptr<const void> value) {
    if (value) discarded_.push_back(std::move(value));
  }
  void stop(std::stop_source source) { stops_.push_back(std::move(source)); }

 private:
  std::vector<std::shared_ptr<const void>> discarded_;
  std::vector<std::stop_source> stops_;
};

}  // namespace tessera::engine
