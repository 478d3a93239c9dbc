#pragma once

namespace tessera::app {

// Has malloc keep what is freed instead of returning it to the system: a forward pass frees and takes again
// the same megabytes for every layer, and page faults would cost a third of its time. Once, before the first
// thread.
void keep_freed_memory();

}  // namespace tessera::app
