// Loading and running the bundled network: what the time to the first classes and to a chosen layer is made
// of.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

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

void load(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(bundled());
}
BENCHMARK(load)->Unit(benchmark::kMillisecond)->UseRealTime();

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

BENCHMARK_MAIN();
