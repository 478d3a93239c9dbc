#include <benchmark/benchmark.h>

#include <cstdint>
#include <filesystem>
#include <random>
#include <string>

#include "tessera/image/fit.h"
#include "tessera/image/load.h"
#include "tessera/image/save.h"

using namespace tessera;

namespace {

// A telephone's 12 megapixels, smooth with some noise, as photographs are.
Image photograph() {
  Image picture(4032, 3024);
  std::minstd_rand random(1);
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x)
      for (int c = 0; c < 3; ++c)
        picture.pixel(x, y)[c] = std::uint8_t((x / 20 + y / 15 * (c + 1) + int(random() % 16)) & 255);
  return picture;
}

void fit_photograph(benchmark::State& state) {
  const Image picture = photograph();
  for (auto _ : state) benchmark::DoNotOptimize(image::fit(picture, {224, 224}));
}

void load_photograph(benchmark::State& state) {
  const auto file = std::filesystem::temp_directory_path() / "tessera-bench-photograph.png";
  image::save_png(photograph(), file);
  for (auto _ : state) benchmark::DoNotOptimize(image::load(file));
  std::filesystem::remove(file);
}

// Half the side while loading: decoding, then a resampling that keeps many pixels.
void load_photograph_reduced(benchmark::State& state) {
  const auto file = std::filesystem::temp_directory_path() / "tessera-bench-photograph.png";
  image::save_png(photograph(), file);
  image::LoadLimits limits;
  limits.longest_side = 2016;
  for (auto _ : state) benchmark::DoNotOptimize(image::load(file, limits));
  std::filesystem::remove(file);
}

}  // namespace

BENCHMARK(fit_photograph)->Unit(benchmark::kMillisecond);
BENCHMARK(load_photograph)->Unit(benchmark::kMillisecond);
BENCHMARK(load_photograph_reduced)->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
