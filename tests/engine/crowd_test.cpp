// Many threads at once: whatever they do, every answer is the right one and the books balance. Made for
// ThreadSanitizer.
#include <random>
#include <stdexcept>
#include <thread>

#include "engine/fixture.h"
#include "support/catch.h"

namespace tessera::test::crowd_test {
namespace {

using engine::Job;
using engine::Visibility;

constexpr int names = 24;
constexpr std::size_t weight = 10;
constexpr std::size_t budget = names / 2 * weight * megabyte;

bool is_bad(const std::string& name) { return name.back() == '7'; }

std::shared_ptr<const Weighed> compute(const std::string& name, Job& job) {
  for (int step = 0; step < 4; ++step) {
    job.throw_if_cancelled();
    job.progress(float(step) / 4, "step");
    if (step == 2) job.preview(weighed("sketch of " + name, weight));
  }
  if (is_bad(name)) throw Error("bad luck", name);
  return weighed("answer to " + name, weight);
}

template <class Q>
bool is_right(const engine::Answer<Weighed>& answer, const Q& question) {
  if (answer.ready()) return answer.value && answer.value->text == "answer to " + question.name;
  if (answer.failed()) return is_bad(question.name) && answer.error->where() == question.name;
  return !answer.value || answer.value->text.ends_with(question.name);
}

// One thread's random life. Returns how many answers were wrong.
template <class Q>
int live(engine::Engine& engine, unsigned seed, int steps) {
  std::mt19937 random(seed);
  int wrong = 0;
  for (int i = 0; i < steps; ++i) {
    const int number = int(random() % names);
    const Q question{std::to_string(number), number % 3 == 0 ? "slider" : ""};
    switch (random() % 8) {
      case 0:
        engine.cancel(question);
        break;
      case 1:
        engine.retry(question);
        break;
      case 2:
        wrong += !is_right(engine.peek(question), question);
        break;
      case 3:
        try {
          wrong += engine.wait(question)->text != "answer to " + question.name;
        } catch (const Error&) {
          wrong += !is_bad(question.name);
        }
        break;
      default:
        wrong += !is_right(engine.ask(question, Visibility(random() % 4)), question);
    }
  }
  return wrong;
}

}  // namespace

TEST_CASE("a crowd of threads gets right answers", "[engine][crowd]") {
  News news;
  std::atomic<int> wrong = 0;
  engine::Engine engine({budget, news.listener()});
  engine.answer_with<Ask>([](const Ask& question, Job& job) { return compute(question.name, job); });
  engine.answer_with<AskTorch>(
      [](const AskTorch& question, Job& job) { return compute(question.name, job); });
  {
    std::vector<std::jthread> crowd;
    for (unsigned seed = 1; seed <= 3; ++seed) {
      crowd.emplace_back([&, seed] { wrong += live<Ask>(engine, seed, 1500); });
      crowd.emplace_back([&, seed] { wrong += live<AskTorch>(engine, seed + 10, 1500); });
    }
    for (int frame = 0; frame < 1500; ++frame) {
      engine.begin_frame();
      for (int number = frame % names; number < names; number += 5) {
        const Ask question{std::to_string(number), "page"};
        wrong += !is_right(engine.ask(question), question);
      }
      engine.end_frame();
    }
  }
  engine.begin_frame();
  engine.end_frame();
  news.await([&] { return !engine.busy(); });
  engine.begin_frame();
  engine.end_frame();
  CHECK(wrong == 0);
  CHECK(engine.queued() == 0);
  CHECK(engine.memory_used() <= budget);
}

TEST_CASE("an engine may be left in the middle of anything", "[engine][crowd]") {
  for (unsigned seed = 0; seed < 50; ++seed) {
    engine::Engine engine({budget, {}});
    engine.answer_with<Ask>([](const Ask& question, Job& job) { return compute(question.name, job); });
    std::mt19937 random(seed);
    for (unsigned i = 0; i < seed; ++i) engine.ask(Ask{std::to_string(random() % names)});
  }
}

}  // namespace tessera::test::crowd_test
