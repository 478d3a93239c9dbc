#include "featurevis/workers.h"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "model/torch.h"

namespace tessera::featurevis {
namespace {

// Torch's operations on this thread keep to it: where every core has an icon of its own, sharing out each
// operation would only make them wait for each other.
class SingleThreaded {
 public:
  SingleThreaded() : before_(at::get_num_threads()) { at::set_num_threads(1); }
  ~SingleThreaded() { at::set_num_threads(before_); }
  SingleThreaded(const SingleThreaded&) = delete;
  SingleThreaded& operator=(const SingleThreaded&) = delete;

 private:
  int before_;
};

}  // namespace

std::size_t most_workers() { return std::size_t(std::max(1, at::get_num_threads())); }

void in_parallel(std::size_t count, const std::function<void(std::size_t, std::size_t)>& work) {
  const std::size_t workers = std::min(count, most_workers());
  if (workers <= 1) {
    for (std::size_t i = 0; i < count; ++i) work(i, 0);
    return;
  }
  // Who is done first takes the next: cores may be busy with something else.
  std::atomic<std::size_t> next = 0;
  std::exception_ptr failure;
  std::mutex mutex;
  const auto run = [&](std::size_t worker) {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i, worker);
    } catch (...) {
      next = count;
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  {
    const SingleThreaded here;
    std::vector<std::jthread> others;
    for (std::size_t worker = 1; worker < workers; ++worker)
      others.emplace_back([&run, worker] {
        at::set_num_threads(1);
        run(worker);
      });
    run(0);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace tessera::featurevis
