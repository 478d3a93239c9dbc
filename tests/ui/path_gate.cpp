#include "ui/path_gate.h"

#include <chrono>

#include "tessera/base/error.h"

namespace tessera::test {

void PathGate::set(bool held, bool fails) {
  {
    const std::lock_guard lock(mutex_);
    held_ = held;
    fails_ = fails;
  }
  changed_.notify_all();
}

void PathGate::hold() { set(true, false); }
void PathGate::release() { set(false, false); }
void PathGate::fail() { set(false, true); }

void PathGate::pass(engine::Job& job) {
  std::unique_lock lock(mutex_);
  if (held_) job.progress(held_fraction, "along the path");
  while (held_ && !job.cancelled()) changed_.wait_for(lock, std::chrono::milliseconds(1));
  if (fails_) throw Error("this network has no derivatives");
  job.throw_if_cancelled();
}

}  // namespace tessera::test
