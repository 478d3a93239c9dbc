// Loading and running a network: what the time to the first classes and to a chosen layer is made of. The
// bundled one, or for the two that load, the file that TESSERA_BENCH_MODEL names.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/allocator.h"
#include "tessera/image/load.h"
#include "tessera/model/model.h"

namespace {

using namespace tessera;

const std::string folder = TESSERA_SOURCE_FOLDER;

std::shared_ptr<model::Model> bundled() {
  model::LoadOptions options;
  options.device = model::DeviceChoice::cpu;
  return model::Model::load(folder + "/models/efficientnet_lite0.pt", options);
}

Image chelsea() { return image::load(folder + "/assets/images/chelsea.png"); }

// The seconds that each stage of loading takes, as loading itself names them.
class StageTimes {
 public:
  void enter(std::string_view stage) {
    const Clock::time_point now = Clock::now();
    if (!stage_.empty()) seconds_[stage_] += std::chrono::duration<double>(now - entered_).count();
    stage_ = stage;
    entered_ = now;
  }

  void report(benchmark::State& state) const {
    for (const auto& [stage, seconds] : seconds_)
      state.counters[stage] = benchmark::Counter(seconds, benchmark::Counter::kAvgIterations);
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    state.counters["peak_MiB"] = double(usage.ru_maxrss) / 1024;
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::map<std::string, double> seconds_;
  std::string stage_;
  Clock::time_point entered_;
};

// `scores`: until a picture has been classified as well.
void load_file(benchmark::State& state, bool scores) {
  const char* named = std::getenv("TESSERA_BENCH_MODEL");
  const std::string file = named ? named : folder + "/models/efficientnet_lite0.pt";
  const Image picture = chelsea();
  bundled();  // what LibTorch does once in a process
  StageTimes times;
  model::LoadOptions options;
  options.device = model::DeviceChoice::cpu;
  options.progress = [&](float, std::string_view stage) { times.enter(stage); };
  for (auto _ : state) {
    auto model = model::Model::load(file, options);
    if (scores) {
      times.enter("first scores");
      benchmark::DoNotOptimize(model->capture(picture, {}));
    }
    times.enter("");
    state.PauseTiming();  // closing it is no part of it
    model.reset();
    state.ResumeTiming();
  }
  times.report(state);
}

void load(benchmark::State& state) { load_file(state, false); }
void load_and_run(benchmark::State& state) { load_file(state, true); }
BENCHMARK(load)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(load_and_run)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

// `layers`: which are captured besides the scores.
void forward(benchmark::State& state, const std::vector<std::string>& layers) {
  const auto model = bundled();
  const Image picture = chelsea();
  model->capture(picture, layers);
  for (auto _ : state) benchmark::DoNotOptimize(model->capture(picture, layers));
}

std::vector<std::string> layers_of(const model::ModelCard& card, bool all) {
  std::vector<std::string> names;
  for (const model::LayerInfo& layer : card.layers)
    if (all || layer.suggested) names.push_back(layer.name);
  return names;
}

void forward_bare(benchmark::State& state) { forward(state, {}); }
void forward_suggested(benchmark::State& state) { forward(state, layers_of(bundled()->card(), false)); }
void forward_all_layers(benchmark::State& state) { forward(state, layers_of(bundled()->card(), true)); }
BENCHMARK(forward_bare)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(forward_suggested)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(forward_all_layers)->Unit(benchmark::kMillisecond)->UseRealTime();

// The network above blocks.11.expand, run from 32 cubes.
void run_from_layer(benchmark::State& state) {
  const auto model = bundled();
  const Image picture = chelsea();
  const std::string layer = "blocks.11.expand";
  const model::Capture capture = model->capture(picture, std::vector{layer});
  const std::vector<Cube> cubes(32, *capture.cubes.at(layer));
  model->run_from(layer, cubes, picture);
  for (auto _ : state) benchmark::DoNotOptimize(model->run_from(layer, cubes, picture));
}
BENCHMARK(run_from_layer)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

int main(int count, char** words) {
  tessera::app::keep_freed_memory();
  benchmark::Initialize(&count, words);
  benchmark::RunSpecifiedBenchmarks();
}
