// Attribution on the bundled network. Where its name does not say otherwise a benchmark starts from a picture
// that was never seen: its forward pass, and whatever is prepared once a picture, are in the figure.
// bench/peers/captum.py takes turns with it.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "app/allocator.h"
#include "attribution_bare.h"
#include "tessera/attribution/sweeps.h"
#include "tessera/image/load.h"
#include "tessera/model/model.h"

namespace {

using namespace tessera;
using namespace tessera::attribution;

const std::string folder = TESSERA_SOURCE_FOLDER;
const std::string model_file = folder + "/models/efficientnet_lite0.pt";
const int tabby = 281;

// 14×14×112 and 7×7×192.
const std::string layer = "blocks.10";
const std::string later = "blocks.12";
// A suggested layer, 14×14×672.
const std::string wide_layer = "blocks.11.expand";

struct Subject {
  Subject() : model(load()), sweeps(*model), picture(image::load(folder + "/assets/images/chelsea.png")) {}

  static std::shared_ptr<model::Model> load() {
    model::LoadOptions options;
    options.device = model::DeviceChoice::cpu;
    return model::Model::load(model_file, options);
  }

  // Another picture, as far as anything that is kept can tell.
  const Image& unseen() {
    std::uint8_t* pixel = picture.pixel(picture.width / 2, picture.height / 2);
    while (++*pixel == 0) ++pixel;
    return picture;
  }

  std::shared_ptr<model::Model> model;
  Sweeps sweeps;
  Image picture;
};

std::vector<std::string> every_layer(const model::ModelCard& card) {
  std::vector<std::string> names;
  for (const model::LayerInfo& info : card.layers) names.push_back(info.name);
  return names;
}

// Those that captum.py asks for: the stem, the blocks, the head.
std::vector<std::string> stages() {
  std::vector<std::string> names{"stem"};
  for (int block = 0; block < 16; ++block) names.push_back("blocks." + std::to_string(block));
  names.push_back("head");
  return names;
}

// The engine and the direction that were taken are the benchmark's label.
template <typename Ask>
void measure(benchmark::State& state, Ask ask) {
  Subject subject;
  state.SetLabel(to_text(ask(subject, subject.unseen()).note));
  for (auto _ : state) benchmark::DoNotOptimize(ask(subject, subject.unseen()));
}

Sweep classes_of(Subject& subject, const Image& picture, const std::string& from) {
  return subject.sweeps.effects(picture, {from, AllPositions{}, nullptr, {}}, std::vector<Target>(1));
}

Sweep pairs_of(Subject& subject, const Image& picture) {
  return subject.sweeps.effects(picture, {layer, AllPositions{}, nullptr, {}},
                                std::vector<Target>{{later, AllPositions{}, nullptr}});
}

void positions_by_classes(benchmark::State& state) {
  measure(state, [](Subject& subject, const Image& picture) { return classes_of(subject, picture, layer); });
}
BENCHMARK(positions_by_classes)->Unit(benchmark::kMillisecond)->UseRealTime();

void positions_by_classes_wide(benchmark::State& state) {
  measure(state,
          [](Subject& subject, const Image& picture) { return classes_of(subject, picture, wide_layer); });
}
BENCHMARK(positions_by_classes_wide)->Unit(benchmark::kMillisecond)->UseRealTime();

// The same picture again: what a further question costs.
void positions_by_classes_again(benchmark::State& state) {
  Subject subject;
  classes_of(subject, subject.picture, layer);
  for (auto _ : state) benchmark::DoNotOptimize(classes_of(subject, subject.picture, layer));
}
BENCHMARK(positions_by_classes_again)->Unit(benchmark::kMillisecond)->UseRealTime();

void position_pairs(benchmark::State& state) { measure(state, pairs_of); }
BENCHMARK(position_pairs)->Unit(benchmark::kMillisecond)->UseRealTime();

void position_pairs_again(benchmark::State& state) {
  Subject subject;
  pairs_of(subject, subject.picture);
  for (auto _ : state) benchmark::DoNotOptimize(pairs_of(subject, subject.picture));
}
BENCHMARK(position_pairs_again)->Unit(benchmark::kMillisecond)->UseRealTime();

void path_50_steps(benchmark::State& state) {
  measure(state, [](Subject& subject, const Image& picture) {
    constexpr int steps = 50;
    const auto cube = subject.sweeps.activations(picture, layer);
    std::vector<Cube> points(steps, *cube);
    for (int step = 0; step < steps; ++step)
      for (float& value : points[std::size_t(step)].values) value *= (float(step) + .5f) / steps;
    const std::vector<std::string> layers{layer};
    return subject.sweeps.gradients_at(picture, layer, points, ClassLogit{tabby}, layers);
  });
}
BENCHMARK(path_50_steps)->Unit(benchmark::kMillisecond)->UseRealTime();

void one_class_all_layers(benchmark::State& state) {
  measure(state, [](Subject& subject, const Image& picture) {
    return subject.sweeps.pullback(picture, ClassLogit{tabby}, every_layer(subject.model->card()));
  });
}
BENCHMARK(one_class_all_layers)->Unit(benchmark::kMillisecond)->UseRealTime();

void one_class_all_stages(benchmark::State& state) {
  measure(state, [](Subject& subject, const Image& picture) {
    return subject.sweeps.pullback(picture, ClassLogit{tabby}, stages());
  });
}
BENCHMARK(one_class_all_stages)->Unit(benchmark::kMillisecond)->UseRealTime();

void forward_backward(benchmark::State& state) {
  const Subject subject;
  const model::Preprocessing& preprocessing = subject.model->card().preprocessing;
  Bare bare(model_file, preprocessing.fit.width, preprocessing.fit.height);
  for (int warm_up = 0; warm_up < 3; ++warm_up) bare.forward_backward(tabby);
  for (auto _ : state) bare.forward_backward(tabby);
}
BENCHMARK(forward_backward)->Unit(benchmark::kMillisecond)->UseRealTime();

// Without gradients, from the pixels to the scores.
void forward(benchmark::State& state) {
  Subject subject;
  for (int warm_up = 0; warm_up < 3; ++warm_up) subject.model->capture(subject.unseen(), {});
  for (auto _ : state) benchmark::DoNotOptimize(subject.model->capture(subject.unseen(), {}));
}
BENCHMARK(forward)->Unit(benchmark::kMillisecond)->UseRealTime();

// What a view reads from finished sweeps when the pointer comes to a position: the classes that the position
// supports most, where the first of them gets its support, and what the position does at every position of a
// later layer.
void hover(benchmark::State& state) {
  Subject subject;
  const Effects classes = classes_of(subject, subject.picture, layer).effects.at(0);
  const Effects pairs = pairs_of(subject, subject.picture).effects.at(0);
  constexpr std::size_t shown = 5;
  std::size_t position = 0;
  for (auto _ : state) {
    std::vector<std::size_t> order(classes.targets);
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::partial_sort(order.begin(), order.begin() + shown, order.end(), [&](std::size_t a, std::size_t b) {
      return classes.at(a, position) > classes.at(b, position);
    });
    const auto row = classes.values.begin() + std::ptrdiff_t(order[0] * classes.atoms);
    const std::vector<float> map(row, row + std::ptrdiff_t(classes.atoms));
    std::vector<float> influence(pairs.targets);
    for (std::size_t target = 0; target < pairs.targets; ++target)
      influence[target] = pairs.at(target, position);
    benchmark::DoNotOptimize(order.data());
    benchmark::DoNotOptimize(map.data());
    benchmark::DoNotOptimize(influence.data());
    position = (position + 1) % classes.atoms;
  }
}
BENCHMARK(hover)->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace

int main(int count, char** arguments) {
  app::keep_freed_memory();
  benchmark::Initialize(&count, arguments);
  if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
