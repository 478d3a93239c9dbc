#include "engine/lane_thread.h"

#include <utility>

namespace tessera::engine {

LaneThread::LaneThread(std::mutex& mutex, std::function<Work()> take, std::function<void()> begin)
    : mutex_(mutex),
      take_(std::move(take)),
      begin_(std::move(begin)),
      thread_([this](const std::stop_token& stop) { loop(stop); }) {}

void LaneThread::loop(const std::stop_token& stop) {
  if (begin_) begin_();
  for (;;) {
    Work work;
    {
      std::unique_lock lock(mutex_);
      if (!wake_.wait(lock, stop, [&] { return bool(work = take_()); })) return;
    }
    work();
  }
}

}  // namespace tessera::engine
