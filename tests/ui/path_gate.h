#pragma once

#include <condition_variable>
#include <mutex>

#include "tessera/engine/job.h"

namespace tessera::test {

// Holds integrated gradients back, to see what stands in for them. The lane that waits here does nothing
// else: what is to be seen meanwhile has to be there before.
class PathGate {
 public:
  void hold();
  void release();
  void fail();  // from now on there are none: those that wait throw an Error

  // For handlers. Reports `held_fraction` while it waits.
  void pass(engine::Job& job);
  static constexpr float held_fraction = 0.34f;

 private:
  void set(bool held, bool fails);

  std::mutex mutex_;
  std::condition_variable changed_;
  bool held_ = false;
  bool fails_ = false;
};

}  // namespace tessera::test
