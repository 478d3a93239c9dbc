// What a user waits for: the first classes, and frames while the network is at work. The real session on the
// bundled model and picture, drawn with OpenGL without a window.
#include <benchmark/benchmark.h>
#include <imgui.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <stop_token>
#include <thread>
#include <vector>

#include "screen.h"
#include "tessera/session/queries.h"
#include "ui/views/catalogue.h"

using namespace tessera;
using bench::Core;
using bench::network;
using bench::picture;
using bench::Screen;

namespace {

// From nothing but the two files to the classes of the picture: open, decode, prepare, run.
void first_classes(benchmark::State& state) {
  for (auto _ : state) {
    Core core;
    benchmark::DoNotOptimize(core.engine.wait(session::Classify{network(), picture()}));
  }
}
BENCHMARK(first_classes)->Unit(benchmark::kMillisecond)->UseRealTime();

// Classes of a picture that was just dropped on an open network.
void classes_of_a_dropped_image(benchmark::State& state) {
  Core core;
  core.engine.wait(session::OpenModel{network()});
  session::ImageRef dropped = picture();
  for (auto _ : state) {
    ++dropped.file.modified;  // another file, as far as the memo knows
    benchmark::DoNotOptimize(core.engine.wait(session::Classify{network(), dropped}));
  }
}
BENCHMARK(classes_of_a_dropped_image)->Unit(benchmark::kMillisecond)->UseRealTime();

void frame_at_rest(benchmark::State& state) {
  Core core;
  Screen screen(core.engine);
  for (auto _ : state) screen.frame();
}
BENCHMARK(frame_at_rest)->Unit(benchmark::kMillisecond)->UseRealTime();

// The same while the inference lane is never idle: somebody waits for the classes of ever new pictures.
void frame_while_the_model_runs(benchmark::State& state) {
  Core core;
  Screen screen(core.engine);
  std::atomic<std::int64_t> classified = 0;
  {
    std::jthread customer([&](const std::stop_token& stop) {
      session::Classify query{network(), picture()};
      while (!stop.stop_requested()) {
        ++query.image.file.modified;
        core.engine.wait(query);
        ++classified;
      }
    });
    for (auto _ : state) screen.frame();
  }
  state.counters["classified"] = double(classified);
}
BENCHMARK(frame_while_the_model_runs)->Unit(benchmark::kMillisecond)->UseRealTime();

// Somebody goes through all views and points here and there, while what the views ask for is computed: icons,
// attributions, grids. The percentiles are of whole frames, in milliseconds.
void frames_through_all_views(benchmark::State& state) {
  constexpr int frames_a_view = 120;
  Core core;
  Screen screen(core.engine, Screen::Until::opened);
  std::vector<double> milliseconds;
  int drawn = 0;
  for (auto _ : state) {
    const auto views = ui::views();
    if (drawn % frames_a_view == 0)
      screen.workbench().act(
          ui::action::ChooseView{views[std::size_t(drawn / frames_a_view) % views.size()].kind});
    // Across the stage, a little further each frame.
    ImGui::GetIO().MousePos = {float(330 + drawn * 37 % 780), float(100 + drawn * 17 % 720)};
    const auto start = std::chrono::steady_clock::now();
    screen.frame();
    milliseconds.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    ++drawn;
  }
  std::ranges::sort(milliseconds);
  const auto percentile = [&](double share) {
    return milliseconds[std::size_t(share * double(milliseconds.size() - 1))];
  };
  state.counters["median"] = percentile(0.5);
  state.counters["p99"] = percentile(0.99);
  state.counters["worst"] = milliseconds.back();
}
BENCHMARK(frames_through_all_views)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1680);

}  // namespace

BENCHMARK_MAIN();
