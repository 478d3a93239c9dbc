#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace tessera::engine {

// One worker thread that takes pieces of work and does them one after the other.
class LaneThread {
 public:
  using Work = std::function<void()>;

  // `take` is called with `mutex` held and returns an empty function where there is nothing to do; what it
  // returns is called without it. `begin` is called first, on the new thread; it may be empty.
  LaneThread(std::mutex& mutex, std::function<Work()> take, std::function<void()> begin);
  ~LaneThread() = default;  // lets the piece of work in hand finish and joins

  void wake() { wake_.notify_one(); }
  bool is_this_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

 private:
  void loop(const std::stop_token& stop);

  std::mutex& mutex_;
  std::function<Work()> take_;
  std::function<void()> begin_;
  std::condition_variable_any wake_;
  std::jthread thread_;  // last: it uses the others
};

}  // namespace tessera::engine
