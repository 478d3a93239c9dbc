// What asking costs a frame, and what the engine adds to a job.
#include <benchmark/benchmark.h>

#include <string>

#include "tessera/engine/engine.h"

using namespace tessera;

namespace {

struct Question {
  using Result = int;
  static constexpr engine::Lane lane = engine::Lane::cpu;
  int number = 0;
  std::string key() const {
    return "a path that is about as long as they are in real life/model.pt|" + std::to_string(number);
  }
};

void answer(engine::Engine& engine) {
  engine.answer_with<Question>(
      [](const Question& question, engine::Job&) { return std::make_shared<const int>(question.number); });
}

// One look at a finished answer among many.
void ask_finished(benchmark::State& state) {
  engine::Engine engine;
  answer(engine);
  const int count = int(state.range(0));
  for (int i = 0; i < count; ++i) engine.wait(Question{i});
  int i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(engine.ask(Question{i++ % count}));
}

// A frame of 500 asks while the lane works through many small jobs.
void frame_while_working(benchmark::State& state) {
  engine::Engine engine;
  answer(engine);
  int fresh = 0;
  for (auto _ : state) {
    engine.begin_frame();
    for (int i = 0; i < 400; ++i) benchmark::DoNotOptimize(engine.ask(Question{-i}));
    for (int i = 0; i < 100; ++i) benchmark::DoNotOptimize(engine.ask(Question{++fresh}));
    engine.end_frame();
  }
}

// From asking to having, on another thread.
void round_trip(benchmark::State& state) {
  engine::Engine engine;
  answer(engine);
  int i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(engine.wait(Question{i++}));
}

BENCHMARK(ask_finished)->Arg(10)->Arg(1000)->Arg(100000);
BENCHMARK(frame_while_working)->Unit(benchmark::kMicrosecond);
BENCHMARK(round_trip)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
