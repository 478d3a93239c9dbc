#pragma once

#include <cstddef>
#include <functional>

namespace tessera::model {

// Calls `work` with the pieces of [0, size), several at a time on torch's threads. Who is done first takes
// the next: cores may be busy with something else. `work` must not throw.
void in_pieces(std::size_t size, std::size_t piece,
               const std::function<void(std::size_t begin, std::size_t end)>& work);

}  // namespace tessera::model
