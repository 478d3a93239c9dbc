#include "model/pieces.h"

#include <algorithm>
#include <atomic>

#include "model/torch.h"

namespace tessera::model {

void in_pieces(std::size_t size, std::size_t piece,
               const std::function<void(std::size_t begin, std::size_t end)>& work) {
  const std::size_t count = (size + piece - 1) / piece;
  std::atomic<std::size_t> next = 0;
  const auto workers = std::int64_t(std::min<std::size_t>(count, std::size_t(at::get_num_threads())));
  at::parallel_for(0, workers, 1, [&](std::int64_t, std::int64_t) {
    for (std::size_t i = next++; i < count; i = next++) work(i * piece, std::min(size, (i + 1) * piece));
  });
}

}  // namespace tessera::model
