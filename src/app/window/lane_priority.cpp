#include "app/window/lane_priority.h"

#ifdef __linux__
#include <sys/resource.h>
#endif

namespace tessera::app {

void yield_to_the_interface() {
#ifdef __linux__
  // On Linux a thread has a nice value of its own, which the threads that it starts inherit (LibTorch's).
  constexpr int share_of_a_tenth = 10;
  setpriority(PRIO_PROCESS, 0, share_of_a_tenth);
#endif
}

}  // namespace tessera::app
