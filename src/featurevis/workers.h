#pragma once

#include <cstddef>
#include <functional>

namespace tessera::featurevis {

// Calls work(i, worker) for i = 0 … count - 1, several at a time on as many threads as torch has, where more
// than one is to be done; `worker` numbers the threads from 0. A single one is done here, with all threads
// for itself.
void in_parallel(std::size_t count, const std::function<void(std::size_t index, std::size_t worker)>& work);

// The most workers there are.
std::size_t most_workers();

}  // namespace tessera::featurevis
