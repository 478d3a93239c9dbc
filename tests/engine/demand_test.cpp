// What becomes of requests as views change their mind: order, frames, tags, cancelling.
#include "engine/fixture.h"
#include "support/catch.h"

namespace tessera::test::demand_test {
namespace {

using engine::Job;
using engine::State;
using engine::Visibility;
using Names = std::vector<std::string>;

const Ask gate{"gate"};

}  // namespace

TEST_CASE("what is most visible is computed first, and the asking order breaks ties", "[engine]") {
  Workbench bench;
  bench.engine.ask(gate);
  bench.gate.await_arrival();
  bench.engine.ask(Ask{"background"}, Visibility::background);
  bench.engine.ask(Ask{"ahead"}, Visibility::ahead);
  bench.engine.ask(Ask{"first"});
  bench.engine.ask(Ask{"second"});
  bench.engine.ask(Ask{"focused"}, Visibility::focused);
  bench.gate.open();
  bench.await_rest();
  CHECK(bench.computed.names() == Names{"gate", "focused", "first", "second", "ahead", "background"});
}

TEST_CASE("the most visible of several asks in a frame counts, and a later frame may lower it", "[engine]") {
  Workbench bench;
  bench.engine.ask(gate);
  bench.gate.await_arrival();
  const auto frame = [&](Visibility of_a, Visibility again) {
    bench.engine.begin_frame();
    bench.engine.ask(gate);
    bench.engine.ask(Ask{"a"}, of_a);
    bench.engine.ask(Ask{"a"}, again);
    bench.engine.ask(Ask{"b"}, Visibility::visible);
    bench.engine.end_frame();
  };
  SECTION("raised") {
    frame(Visibility::focused, Visibility::ahead);
    bench.gate.open();
    bench.await_rest();
    CHECK(bench.computed.names() == Names{"gate", "a", "b"});
  }
  SECTION("lowered") {
    frame(Visibility::focused, Visibility::focused);
    frame(Visibility::ahead, Visibility::ahead);
    bench.gate.open();
    bench.await_rest();
    CHECK(bench.computed.names() == Names{"gate", "b", "a"});
  }
}

TEST_CASE("among equally visible requests the newest goes first", "[engine]") {
  Workbench bench;
  bench.frame({gate});
  bench.gate.await_arrival();
  bench.frame({gate, {"old 1"}, {"old 2"}});
  bench.frame({gate, {"old 1"}, {"old 2"}, {"new"}});
  bench.gate.open();
  bench.await_rest();
  CHECK(bench.computed.names() == Names{"gate", "new", "old 1", "old 2"});
}

TEST_CASE("what was asked in the latest frame goes first", "[engine]") {
  Workbench bench;
  bench.frame({gate});
  bench.gate.await_arrival();
  bench.frame({gate, {"a"}, {"b"}});
  bench.engine.begin_frame();  // in the middle of a frame: `b` has been repeated, `a` not yet
  bench.engine.ask(Ask{"b"});
  bench.gate.open();
  bench.await_rest();
  CHECK(bench.computed.names() == Names{"gate", "b", "a"});
}

TEST_CASE("a request that no view repeats is dropped", "[engine]") {
  Workbench bench;
  bench.frame({gate});
  bench.gate.await_arrival();
  bench.frame({gate, {"stale"}, {"fresh"}});
  bench.frame({gate, {"fresh"}});
  bench.gate.open();
  bench.await_rest();
  CHECK(bench.computed.names() == Names{"gate", "fresh"});
  CHECK(bench.engine.peek(Ask{"stale"}).state == State::idle);
}

TEST_CASE("a running job that no view repeats is told to stop", "[engine]") {
  Workbench bench;
  bench.frame({gate});
  bench.gate.await_arrival();
  bench.frame({{"other"}});
  bench.await_rest();  // the gate never opens: only the stop lets the lane go on
  CHECK(bench.computed.names() == Names{"other"});
  CHECK(bench.engine.peek(gate).state == State::idle);
}

TEST_CASE("nothing happens to finished answers that no view repeats", "[engine]") {
  Workbench bench;
  bench.engine.wait(Ask{"cat"});
  bench.frame({});
  bench.frame({});
  CHECK(bench.engine.peek(Ask{"cat"}).ready());
}

TEST_CASE("dragging a slider leaves one job", "[engine]") {
  Workbench bench;
  bench.engine.ask(gate);
  bench.gate.await_arrival();
  for (int k = 1; k <= 200; ++k) bench.engine.ask(Ask{"k=" + std::to_string(k), "groups"});
  bench.engine.ask(Ask{"untagged"});
  bench.gate.open();
  bench.await_rest();
  CHECK(bench.computed.names() == Names{"gate", "k=200", "untagged"});
}

TEST_CASE("a running job gives way to a newer one with its tag", "[engine]") {
  News news;
  Gate gate_of_first;
  engine::Engine engine({1000 * megabyte, news.listener()});
  engine.answer_with<Ask>([&](const Ask& question, Job& job) {
    if (question.name == "k=1") gate_of_first.pass(job.stop_token());
    job.throw_if_cancelled();
    return weighed(question.name);
  });
  engine.ask(Ask{"k=1", "groups"});
  gate_of_first.await_arrival();
  engine.ask(Ask{"k=2", "groups"});
  CHECK(engine.wait(Ask{"k=2", "groups"})->text == "k=2");
  CHECK(engine.peek(Ask{"k=1", "groups"}).state == State::idle);
}

TEST_CASE("asking again for a job that is being stopped computes it after all", "[engine]") {
  News news;
  Gate leave;  // holds the stopped job on its lane
  Gate first;
  std::atomic<int> runs = 0;
  engine::Engine engine({1000 * megabyte, news.listener()});
  engine.answer_with<Ask>([&](const Ask& question, Job& job) {
    if (question.name == "k=1" && runs++ == 0) {
      first.pass(job.stop_token());
      leave.pass({});
      job.throw_if_cancelled();
    }
    return weighed(question.name);
  });
  engine.ask(Ask{"k=1", "groups"});
  first.await_arrival();
  engine.ask(Ask{"k=2", "groups"});
  leave.await_arrival();
  CHECK(engine.ask(Ask{"k=1", "groups"}).state == State::idle);  // and k=2 is the one to go now
  leave.open();
  CHECK(engine.wait(Ask{"k=1", "groups"})->text == "k=1");
  CHECK(runs == 2);
  CHECK(engine.peek(Ask{"k=2", "groups"}).state == State::idle);
  CHECK_FALSE(engine.busy());
}

TEST_CASE("a cancelled request reads as idle until it is asked again", "[engine]") {
  Workbench bench;
  bench.engine.ask(gate);
  bench.gate.await_arrival();
  SECTION("queued") {
    bench.engine.ask(Ask{"cat"});
    bench.engine.cancel(Ask{"cat"});
    bench.gate.open();
    bench.await_rest();
    CHECK(bench.engine.peek(Ask{"cat"}).state == State::idle);
    CHECK(bench.engine.wait(Ask{"cat"})->text == "answer to cat");
  }
  SECTION("running") {
    bench.engine.cancel(gate);
    bench.await_rest();
    CHECK(bench.engine.peek(gate).state == State::idle);
    CHECK(bench.computed.names().empty());
    bench.gate.open();
    CHECK(bench.engine.wait(gate)->text == "answer to gate");
  }
}

TEST_CASE("a stopped job keeps its last preview; its error is nobody's business", "[engine]") {
  News news;
  Gate gate_of_first;
  std::atomic<int> runs = 0;
  engine::Engine engine({1000 * megabyte, news.listener()});
  engine.answer_with<Ask>([&](const Ask&, Job& job) {
    if (runs++ == 0) {
      job.preview(weighed("sketch", 10));
      if (!gate_of_first.pass(job.stop_token())) throw Error("interrupted in the middle");
    }
    return weighed("picture", 20);
  });
  engine.ask(Ask{"icon"});
  gate_of_first.await_arrival();
  engine.cancel(Ask{"icon"});
  news.await([&] { return !engine.busy(); });
  const auto resting = engine.peek(Ask{"icon"});
  CHECK(resting.state == State::idle);
  REQUIRE(resting.value);
  CHECK(resting.value->text == "sketch");
  CHECK(engine.wait(Ask{"icon"})->text == "picture");
  CHECK(megabytes_used(engine) == 20);
}

TEST_CASE("a job that finishes although it was told to stop is remembered", "[engine]") {
  News news;
  Gate gate_of_first;
  engine::Engine engine({1000 * megabyte, news.listener()});
  engine.answer_with<Ask>([&](const Ask&, Job&) {
    gate_of_first.pass({});
    return weighed("picture");
  });
  engine.ask(Ask{"icon"});
  gate_of_first.await_arrival();
  engine.cancel(Ask{"icon"});
  gate_of_first.open();
  news.await([&] { return !engine.busy(); });
  CHECK(engine.peek(Ask{"icon"}).ready());
}

TEST_CASE("a frame counts what is visible in it and not there yet", "[engine]") {
  Workbench bench;
  bench.engine.answer_with<AskTorch>([](const AskTorch&, engine::Job&) -> std::shared_ptr<const Weighed> {
    throw Error("no answer to this");
  });
  bench.engine.wait(Ask{"known"});
  bench.engine.ask(AskTorch{"fails"});
  bench.await_rest();
  bench.engine.ask(gate);
  bench.gate.await_arrival();

  bench.engine.begin_frame();
  CHECK(bench.engine.pending_in_frame() == 0);
  bench.engine.ask(Ask{"known"});
  bench.engine.ask(AskTorch{"fails"});
  CHECK(bench.engine.pending_in_frame() == 0);
  bench.engine.ask(gate);
  bench.engine.ask(Ask{"waits"});
  bench.engine.ask(Ask{"only prepared"}, Visibility::ahead);
  bench.engine.ask(Ask{"not looked for"}, Visibility::background);
  CHECK(bench.engine.pending_in_frame() == 2);
  CHECK(bench.engine.pending_in_frame<Ask>() == 2);
  CHECK(bench.engine.pending_in_frame<AskTorch>() == 0);
  bench.engine.end_frame();

  bench.gate.open();
  bench.await_rest();
  bench.engine.begin_frame();
  bench.engine.ask(gate);
  bench.engine.ask(Ask{"waits"});
  CHECK(bench.engine.pending_in_frame() == 0);
  bench.engine.end_frame();
}

}  // namespace tessera::test::demand_test
