#pragma once

#include <condition_variable>
#include <mutex>

namespace tessera::app {

// Lets one thread sleep until another has news: the engine's `notify` where there is no window.
class Wakeup {
 public:
  void wake() {
    {
      const std::lock_guard lock(mutex_);
      news_ = true;
    }
    changed_.notify_one();
  }

  // Returns at once where there was news since the last wait.
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return news_; });
    news_ = false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool news_ = false;
};

}  // namespace tessera::app
