#include "render/software.h"

#include <epoxy/gl.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/thread_count.h"

#ifdef __linux__
#include <sched.h>
#endif

namespace tessera::render {

bool draws_in_software() {
  const auto* text = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
  if (!text) return false;
  const std::string_view renderer(text);
  constexpr std::array<std::string_view, 5> on_the_processor{"llvmpipe", "softpipe", "swrast", "SWR",
                                                             "Microsoft Basic Render"};
  return std::ranges::any_of(
      on_the_processor, [&](std::string_view name) { return renderer.find(name) != std::string_view::npos; });
}

#ifdef __linux__
namespace {

// The identifiers of threads whose name begins so, as Mesa names its own.
std::vector<int> threads_called(std::string_view name) {
  std::vector<int> found;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/task", failed)) {
    std::string called;
    std::getline(std::ifstream(entry.path() / "comm"), called);
    const std::string id = entry.path().filename().string();
    int number = 0;
    std::from_chars(id.data(), id.data() + id.size(), number);
    if (called.starts_with(name) && number > 0) found.push_back(number);
  }
  return found;
}

}  // namespace

void spread_software_renderer() {
  const std::vector<int> processors = allowed_processors();
  const std::vector<int> threads = threads_called("llvmpipe-");
  if (threads.size() > processors.size()) return;
  for (std::size_t i = 0; i < threads.size(); ++i) {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(processors[i], &one);
    sched_setaffinity(threads[i], sizeof one, &one);  // where that is refused, all stays as it was
  }
}
#else
void spread_software_renderer() {}
#endif

}  // namespace tessera::render
