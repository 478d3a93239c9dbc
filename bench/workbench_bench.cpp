// What a user waits for: the first classes, what each view shows, and frames while the network is at work.
// The real session on the bundled model and picture, or on those that TESSERA_BENCH_MODEL and
// TESSERA_BENCH_IMAGE name, drawn with OpenGL without a window.
#include <benchmark/benchmark.h>
#include <imgui.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/window/lane_priority.h"
#include "screen.h"
#include "tessera/session/icon_queries.h"
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

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// The mark that is there once a view shows a first value of its own; none where it is a picture of values.
const char* first_mark(const std::string& view) {
  const std::pair<const char*, const char*> marks[] = {{"overview", "overview/"},
                                                       {"dictionary", "dictionary/channel/"},
                                                       {"grids", "grid/"},
                                                       {"spatial", "spatial/factor"},
                                                       {"channels", "channels/"},
                                                       {"comparison", "comparison/"},
                                                       {"groups", "groups/residual"},
                                                       {"flows", "flows/ribbon/"},
                                                       {"cube", "cube"},
                                                       {"sheet", "sheet/channel/"},
                                                       {"space", "space/drawn/"}};
  for (const auto& [name, mark] : marks)
    if (view == name) return mark;
  return "";
}

// Frames are drawn as a window does it: where an answer changed, or something moved.
class Watched {
 public:
  explicit Watched(ui::ViewKind view)
      : core_({.notify = [this] { tell(); }, .begin_lane = app::yield_to_the_interface}),
        screen_(core_.engine, Screen::Until::opened, view) {}

  void choose(ui::ViewKind view) {
    screen_.workbench().act(ui::action::ChooseView{view});
    start_ = Clock::now();
    first_ = numbers_ = -1;
  }

  // Until everything is there, or `most` seconds are over. `move`: the mouse wanders over the stage.
  void watch(const std::string& view, double most, bool move) {
    while (seconds_since(start_) < most) {
      if (move) ImGui::GetIO().MousePos = {float(330 + moved_ * 37 % 780), float(100 + moved_ * 17 % 720)};
      ++moved_;
      const auto begun = Clock::now();
      screen_.frame();
      milliseconds_.push_back(1000 * seconds_since(begun));
      const std::size_t icons = core_.engine.pending_in_frame<session::RenderIcon>() +
                                core_.engine.pending_in_frame<session::RenderGrid>();
      if (first_ < 0 && !screen_.workbench().marks().names(first_mark(view)).empty())
        first_ = seconds_since(start_);
      const bool is_complete = core_.engine.pending_in_frame() <= icons;
      if (!is_complete) numbers_ = -1;
      if (is_complete && numbers_ < 0) numbers_ = seconds_since(start_);
      if (!move && screen_.workbench().settled()) return;
      wait(move);
    }
  }

  double first() const { return first_; }
  double numbers() const { return numbers_; }
  double p99() {
    std::ranges::sort(milliseconds_);
    return milliseconds_.empty() ? 0 : milliseconds_[std::size_t(0.99 * double(milliseconds_.size() - 1))];
  }
  double elapsed() const { return seconds_since(start_); }

 private:
  void tell() {
    const std::lock_guard lock(mutex_);
    told_ = true;
    changed_.notify_one();
  }
  // For an answer, or the next move of the mouse.
  void wait(bool move) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(move ? 30 : 100), [this] { return told_; });
    told_ = false;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool told_ = false;
  Core core_;
  Screen screen_;
  Clock::time_point start_ = Clock::now();
  double first_ = -1;
  double numbers_ = -1;
  int moved_ = 0;
  std::vector<double> milliseconds_;
};

// From the choice of a view, right after network and picture were opened, to its first value, to all but
// icons, and to everything, in seconds. At most so many: what is not there by then reads -1.
constexpr double most_patience = 40;

void view_from_a_fresh_start(benchmark::State& state, const ui::ViewEntry& view) {
  for (auto _ : state) {
    Watched watched(view.kind);
    watched.choose(view.kind);
    watched.watch(view.name, most_patience, false);
    state.counters["first"] = watched.first();
    state.counters["numbers"] = watched.numbers();
    state.counters["all"] = watched.elapsed() < most_patience ? watched.elapsed() : -1;
    state.counters["frame_p99_ms"] = watched.p99();
  }
}

// One view after the other, each for ten seconds, with the mouse on the move: what each had shown when it was
// left.
void walk_through_all_views(benchmark::State& state) {
  constexpr double a_view = 10;
  for (auto _ : state) {
    Watched watched(ui::ViewKind::overview);
    for (const ui::ViewEntry& view : ui::views()) {
      watched.choose(view.kind);
      watched.watch(view.name, a_view, true);
      state.counters[std::string(view.name) + "_first"] = watched.first();
      state.counters[std::string(view.name) + "_numbers"] = watched.numbers();
    }
    state.counters["frame_p99_ms"] = watched.p99();
  }
}

}  // namespace

int main(int count, char** arguments) {
  for (const ui::ViewEntry& view : ui::views())
    benchmark::RegisterBenchmark((std::string("view_from_a_fresh_start/") + view.name).c_str(),
                                 view_from_a_fresh_start, view)
        ->Unit(benchmark::kSecond)
        ->UseRealTime()
        ->Iterations(1);
  benchmark::RegisterBenchmark("walk_through_all_views", walk_through_all_views)
      ->Unit(benchmark::kSecond)
      ->UseRealTime()
      ->Iterations(1);
  benchmark::Initialize(&count, arguments);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
