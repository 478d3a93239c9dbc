// What is remembered, and what is forgotten first.
#include "engine/fixture.h"
#include "support/catch.h"

namespace tessera::test::memory_test {
namespace {

using engine::Job;
using engine::State;

// Every answer weighs 40 MB of a budget of 100 MB, but for "whale": 500 MB.
struct Bench {
  News news;
  engine::Engine engine;
  Bench() : engine({100 * megabyte, news.listener()}) {
    engine.answer_with<Ask>([](const Ask& question, Job&) {
      return weighed(question.name, question.name == "whale" ? 500 : 40);
    });
  }
  bool remembers(const std::string& name) const { return engine.peek(Ask{name}).ready(); }
  // A frame that asks these, and then as many as it takes until all have been answered.
  void show(const std::vector<std::string>& names) {
    news.await([&] {
      engine.begin_frame();
      bool all = true;
      for (const std::string& name : names) all = engine.ask(Ask{name}).ready() && all;
      engine.end_frame();
      return all;
    });
  }
};

}  // namespace

TEST_CASE("the least recently asked answer is forgotten first", "[engine]") {
  Bench bench;
  bench.engine.wait(Ask{"a"});
  bench.engine.wait(Ask{"b"});
  CHECK(megabytes_used(bench.engine) == 80);
  bench.engine.ask(Ask{"a"});
  bench.engine.wait(Ask{"c"});
  CHECK(bench.remembers("a"));
  CHECK_FALSE(bench.remembers("b"));
  CHECK(bench.remembers("c"));
  CHECK(megabytes_used(bench.engine) == 80);
}

TEST_CASE("an answer that a view holds outlives the memo", "[engine]") {
  Bench bench;
  const auto held = bench.engine.wait(Ask{"a"});
  bench.engine.wait(Ask{"b"});
  bench.engine.wait(Ask{"c"});
  CHECK_FALSE(bench.remembers("a"));
  CHECK(held->text == "a");
}

TEST_CASE("an answer larger than the budget is delivered, then forgotten", "[engine]") {
  Bench bench;
  SECTION("to a waiter") {
    CHECK(bench.engine.wait(Ask{"whale"})->text == "whale");
    bench.engine.wait(Ask{"a"});
    CHECK_FALSE(bench.remembers("whale"));
    CHECK(bench.remembers("a"));
  }
  SECTION("to a view") {
    bench.show({"whale"});
    bench.show({"whale"});  // asked again and again it stays, computed once
    CHECK(bench.remembers("whale"));
    bench.show({});
    CHECK_FALSE(bench.remembers("whale"));
    CHECK(megabytes_used(bench.engine) == 0);
  }
}

TEST_CASE("what the present views show is never forgotten, even beyond the budget", "[engine]") {
  Bench bench;
  std::atomic<int> runs = 0;
  bench.engine.answer_with<Ask>([&](const Ask& question, Job&) {
    ++runs;
    return weighed(question.name, 40);
  });
  const std::vector<std::string> page{"a", "b", "c", "d"};
  bench.show(page);
  for (int i = 0; i < 10; ++i) bench.show(page);
  CHECK(runs == 4);
  CHECK(megabytes_used(bench.engine) == 160);
  bench.show({"d"});
  CHECK(megabytes_used(bench.engine) == 80);
  CHECK(bench.remembers("d"));
}

TEST_CASE("previews that rest and remembered failures count and are forgotten too", "[engine]") {
  News news;
  Gate gate;
  engine::Engine engine({100 * megabyte, news.listener()});
  engine.answer_with<Ask>([&](const Ask& question, Job& job) {
    if (question.name == "preview") {
      job.preview(weighed("sketch", 90));
      gate.pass(job.stop_token());
      job.throw_if_cancelled();
    }
    if (question.name == "failure") throw Error(std::string(60 * megabyte, 'x'));
    return weighed(question.name, 90);
  });
  engine.ask(Ask{"preview"});
  gate.await_arrival();
  CHECK(megabytes_used(engine) == 90);
  engine.cancel(Ask{"preview"});
  news.await([&] { return !engine.busy(); });
  REQUIRE(engine.peek(Ask{"preview"}).value);
  CHECK_THROWS_AS(engine.wait(Ask{"failure"}), Error);
  CHECK_FALSE(engine.peek(Ask{"preview"}).value);
  CHECK(megabytes_used(engine) == 60);
}

TEST_CASE("many small answers are bounded too", "[engine]") {
  engine::Engine engine({megabyte, {}});
  engine.answer_with<Ask>([](const Ask& question, Job&) { return weighed(question.name, 0); });
  for (int i = 0; i < 5000; ++i) engine.wait(Ask{std::to_string(i)});
  CHECK(engine.memory_used() <= megabyte);
  CHECK(engine.peek(Ask{"4999"}).ready());
  CHECK_FALSE(engine.peek(Ask{"0"}).ready());
}

}  // namespace tessera::test::memory_test
