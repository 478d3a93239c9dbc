// What a user of the group views waits for: groups while k is dragged, flows from nothing, and the diagram
// after another class is chosen. The real session on the bundled model and picture.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "screen.h"
#include "tessera/session/ask_groups.h"
#include "tessera/session/queries.h"

using namespace tessera;
using bench::Core;
using bench::network;
using bench::picture;
using bench::Screen;

namespace {

using Clock = std::chrono::steady_clock;
double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

constexpr std::array layers{"blocks.5.expand", "blocks.8.expand", "blocks.11.expand", "blocks.15.expand"};
constexpr const char* wide_layer = "blocks.11.expand";  // 14 × 14 × 672

session::GroupsRequest request_of(const std::string& layer, int k = 6) {
  session::GroupsRequest request;
  request.model = network();
  request.image = picture();
  request.layer = layer;
  request.k = k;
  return request;
}

// From a k that nobody tried to groups that can be shown: what the engine previews while it goes on. Each
// time with another seed, so that nothing is remembered.
void groups_while_k_is_dragged(benchmark::State& state) {
  Core core;
  session::GroupsRequest request = request_of(wide_layer);
  const auto before = session::wait_for_groups(core.engine, request);
  std::vector<double> waits;
  for (auto _ : state) {
    ++request.seed;
    request.k = 3 + int(request.seed % 10);
    const auto start = Clock::now();
    while (!session::ask_groups(core.engine, request, before, "drag", engine::Visibility::focused).value)
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    waits.push_back(milliseconds_since(start));
    state.SetIterationTime(waits.back() / 1000);
  }
  state.counters["worst"] = *std::ranges::max_element(waits);
}
BENCHMARK(groups_while_k_is_dragged)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(60);

// The same at the screen: frames from the one in which the slider moves to the one that has the groups. One
// is the next.
void frames_while_k_is_dragged(benchmark::State& state) {
  Core core;
  Screen screen(core.engine, Screen::Until::settled, ui::ViewKind::groups, wide_layer);
  const std::array ks{7, 8, 9, 10, 11, 12, 11, 9, 7, 5, 4, 3, 4, 5, 6};
  std::vector<int> frames;
  std::size_t at = 0;
  for (auto _ : state) {
    const int k = ks[at++ % ks.size()];
    ui::GroupOptions options = screen.workbench().state().groups;
    options.k = k;
    screen.workbench().act(ui::action::SetGroups{options});
    frames.push_back(screen.frames_until([&] {
      return screen.shows("groups/" + std::to_string(k - 1)) && !screen.shows("groups/" + std::to_string(k));
    }));
  }
  std::ranges::sort(frames);
  state.counters["frames"] = frames[frames.size() / 2];
  state.counters["most_frames"] = frames.back();
}
BENCHMARK(frames_while_k_is_dragged)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(30);

// Groups of four layers and what flows between them and on to the classes, with network and picture open and
// nothing else known. Steps of the path; 0: linear.
void flows_from_nothing(benchmark::State& state) {
  const int steps = int(state.range(0));
  for (auto _ : state) {
    state.PauseTiming();
    auto core = std::make_unique<Core>();
    const auto classes = core->engine.wait(session::Classify{network(), picture()});
    state.ResumeTiming();
    std::vector<std::shared_ptr<const session::LayerGroups>> groups;
    for (const char* layer : layers)
      groups.push_back(session::wait_for_groups(core->engine, request_of(layer)));
    const auto start = Clock::now();
    for (std::size_t i = 0; i + 1 < groups.size(); ++i)
      core->engine.wait(session::GroupFlow{
          groups[i], groups[i + 1], attribution::ClassLogit{classes->classes.at(0).index}, steps, {}});
    state.counters["flows"] = milliseconds_since(start);
    core->engine.wait(session::AttributeGroups{groups.back(), steps, {}});
    state.counters["flows and classes"] = milliseconds_since(start);
    state.PauseTiming();
    core.reset();
    state.ResumeTiming();
  }
}
BENCHMARK(flows_from_nothing)->Arg(0)->Arg(20)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);

// The questions that the diagram on the screen comes from, towards one class.
std::vector<session::GroupFlow> flows_towards(const ui::AppState& state, int index) {
  std::vector<session::GroupFlow> queries;
  const auto& shown = state.group_memory.shown;
  for (std::size_t i = 0; i + 1 < layers.size(); ++i)
    queries.push_back({shown.at(layers[i]), shown.at(layers[i + 1]), attribution::ClassLogit{index}, 20, {}});
  return queries;
}

// Frames from the one in which another class of the diagram is chosen to the one that has its ribbons, after
// those that the view has asked for by itself are there.
void frames_after_another_class(benchmark::State& state) {
  Core core;
  Screen screen(core.engine, Screen::Until::opened, ui::ViewKind::flows);
  const auto all_shown = [&] {
    return screen.workbench().state().group_memory.shown.size() == layers.size();
  };
  screen.frames_until([&] { return all_shown() && screen.shows("flows/ribbon/2/0/0"); });
  std::vector<int> classes;
  for (const std::string& name : screen.workbench().marks().names("flows/class/"))
    classes.push_back(std::stoi(name.substr(name.rfind('/') + 1)));
  const auto start = Clock::now();
  screen.frames_until([&] {
    return std::ranges::all_of(classes, [&](int index) {
      return std::ranges::all_of(flows_towards(screen.workbench().state(), index),
                                 [&](const auto& query) { return core.engine.peek(query).ready(); });
    });
  });
  state.counters["ahead"] = milliseconds_since(start);
  std::vector<int> frames;
  std::size_t at = 0;
  for (auto _ : state) {
    const int chosen = classes[++at % classes.size()];
    screen.workbench().act(ui::action::ChooseClass{chosen, false, {}});
    int taken = 0;
    do {
      screen.frame();
      ++taken;
    } while (!screen.shows("flows/ribbon/2/0/0"));
    frames.push_back(taken);
  }
  std::ranges::sort(frames);
  state.counters["frames"] = frames[frames.size() / 2];
  state.counters["most_frames"] = frames.back();
}
BENCHMARK(frames_after_another_class)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(15);

}  // namespace

BENCHMARK_MAIN();
