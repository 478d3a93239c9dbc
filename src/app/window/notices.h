#pragma once

#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace tessera::app {

// Sentences for the person at the window, from any thread.
class Notices {
 public:
  void add(std::string sentence) {
    std::lock_guard lock(mutex_);
    sentences_.push_back(std::move(sentence));
  }
  std::vector<std::string> take() {
    std::lock_guard lock(mutex_);
    return std::exchange(sentences_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> sentences_;
};

}  // namespace tessera::app
