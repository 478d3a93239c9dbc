#include "app/window/lane_priority.h"

#ifdef __linux__
#include <sys/resource.h>
#endif

namespace tessera::app {

void yield_to_the_interface() {
#ifdef __linux__
  // On Linux a thread has a nice value of its own, which the threads that it starts inherit (LibTorch's).
  // Enough for a third of the time where the interface wants all, without giving way to every other program.
  constexpr int a_third = 5;
  setpriority(PRIO_PROCESS, 0, a_third);
#endif
}

}  // namespace tessera::app
