// Command lines wait; and everybody can be sent away.
#include <stdexcept>
#include <thread>

#include "engine/fixture.h"
#include "support/catch.h"

namespace tessera::test::waiting_test {
namespace {
using engine::Job;

void await_queued(const engine::Engine& engine, std::size_t count) {
  while (engine.queued() != count) std::this_thread::yield();
}

}  // namespace

TEST_CASE("a waiter hears of progress on its own thread and gets the answer", "[engine]") {
  Gate gate;
  engine::Engine engine;
  engine.answer_with<Ask>([&](const Ask&, Job& job) {
    job.progress(0.25f, "decoding");
    gate.pass(job.stop_token());
    return weighed("cat");
  });
  const std::thread::id here = std::this_thread::get_id();
  std::string stage;
  const auto value = engine.wait(Ask{"cat"}, [&](const engine::Progress& progress) {
    CHECK(std::this_thread::get_id() == here);
    stage = progress.stage;
    gate.open();
  });
  CHECK(value->text == "cat");
  CHECK(stage == "decoding");
}

TEST_CASE("a waiter whose progress callback throws leaves the engine in order", "[engine]") {
  Gate gate;
  engine::Engine engine;
  engine.answer_with<Ask>([&](const Ask&, Job& job) {
    job.progress(0.25f, "decoding");
    gate.pass(job.stop_token());
    return weighed("cat");
  });
  CHECK_THROWS_AS(
      engine.wait(Ask{"cat"}, [](const engine::Progress&) { throw std::runtime_error("enough"); }),
      std::runtime_error);
  gate.open();
  CHECK(engine.wait(Ask{"cat"})->text == "cat");
}

TEST_CASE("what somebody waits for goes first and is neither dropped, replaced nor cancelled", "[engine]") {
  Workbench bench;
  const Ask gate{"gate", "slider"};
  const Ask mine{"mine", "slider"};
  bench.engine.ask(gate);
  bench.gate.await_arrival();
  std::string of_gate;
  std::string of_mine;
  Gate heard;
  std::jthread for_gate(
      [&] { of_gate = bench.engine.wait(gate, [&](const engine::Progress&) { heard.open(); })->text; });
  heard.pass({});
  bench.frame({gate, {"urgent"}});
  std::jthread for_mine([&] { of_mine = bench.engine.wait(mine)->text; });
  await_queued(bench.engine, 2);

  bench.engine.cancel(mine);
  bench.frame({{"urgent"}});
  bench.engine.ask(Ask{"another", "slider"});
  CHECK(bench.engine.queued() == 3);
  bench.gate.open();
  for_gate.join();
  for_mine.join();
  bench.await_rest();
  CHECK(of_gate == "answer to gate");
  CHECK(of_mine == "answer to mine");
  CHECK(bench.computed.names() == std::vector<std::string>{"gate", "mine", "another", "urgent"});
}

TEST_CASE("a handler may ask but not wait", "[engine]") {
  engine::Engine engine;
  engine.answer_with<AskTorch>([](const AskTorch& question, Job&) { return weighed(question.name); });
  engine.answer_with<Ask>([&](const Ask& question, Job&) {
    engine.ask(AskTorch{"next"});
    if (question.name == "waits") engine.wait(AskTorch{"next"});
    return weighed(question.name);
  });
  CHECK(engine.wait(Ask{"asks"})->text == "asks");
  CHECK_THROWS_AS(engine.wait(Ask{"waits"}), Error);
}

}  // namespace tessera::test::waiting_test
