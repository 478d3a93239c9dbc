// What a view sees of one question: waiting, running, partial results, the answer or the failure.
#include <new>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "engine/fixture.h"
#include "support/catch.h"

namespace tessera::test::answers_test {
namespace {
using engine::Job;
using engine::State;
}  // namespace

TEST_CASE("asking never waits for the worker", "[engine]") {
  Workbench bench;
  CHECK(bench.engine.ask(Ask{"gate"}).state == State::idle);
  bench.gate.await_arrival();
  // The lane is held by the gate, and still every call comes back.
  for (int i = 0; i < 100; ++i) CHECK(bench.engine.ask(Ask{std::to_string(i)}).pending());
  bench.engine.begin_frame();
  CHECK(bench.engine.ask(Ask{"gate"}).state == State::running);
  CHECK(bench.engine.busy());
  bench.engine.end_frame();
  CHECK(bench.computed.names().empty());
}

TEST_CASE("the lanes work side by side", "[engine]") {
  Workbench bench;
  bench.engine.answer_with<AskTorch>([](const AskTorch& question, Job&) { return weighed(question.name); });
  bench.engine.ask(Ask{"gate"});
  bench.gate.await_arrival();
  CHECK(bench.engine.wait(AskTorch{"forward"})->text == "forward");
}

TEST_CASE("an answer is computed once and shared", "[engine]") {
  Workbench bench;
  const auto first = bench.engine.wait(Ask{"cat"});
  CHECK(first->text == "answer to cat");
  const auto again = bench.engine.ask(Ask{"cat"});
  REQUIRE(again.ready());
  CHECK(again.value == first);
  CHECK(bench.computed.names() == std::vector<std::string>{"cat"});
}

TEST_CASE("peeking asks for nothing", "[engine]") {
  Workbench bench;
  CHECK(bench.engine.peek(Ask{"cat"}).state == State::idle);
  CHECK_FALSE(bench.engine.busy());
  bench.engine.wait(Ask{"cat"});
  CHECK(bench.engine.peek(Ask{"cat"}).ready());
}

TEST_CASE("equal keys of two kinds of question are two questions", "[engine]") {
  Workbench bench;
  bench.engine.answer_with<AskTorch>([](const AskTorch&, Job&) { return weighed("from torch"); });
  CHECK(bench.engine.wait(Ask{"cat"})->text == "answer to cat");
  CHECK(bench.engine.wait(AskTorch{"cat"})->text == "from torch");
}

TEST_CASE("progress and previews are seen while a job runs", "[engine]") {
  News news;
  Gate gate;
  engine::Engine engine({1000 * megabyte, news.listener()});
  engine.answer_with<Ask>([&](const Ask&, Job& job) {
    job.progress(0.5f, "halfway");
    job.preview(weighed("sketch", 10));
    gate.pass(job.stop_token());
    return weighed("picture", 20);
  });
  engine.ask(Ask{"icon"});
  news.await([&] { return engine.peek(Ask{"icon"}).value != nullptr; });
  const auto partial = engine.ask(Ask{"icon"});
  CHECK(partial.state == State::running);
  CHECK(partial.progress.fraction == 0.5f);
  CHECK(partial.progress.stage == "halfway");
  CHECK(partial.value->text == "sketch");
  CHECK(megabytes_used(engine) == 10);

  gate.open();
  CHECK(engine.wait(Ask{"icon"})->text == "picture");
  CHECK(partial.value->text == "sketch");  // a snapshot stays what it was
  CHECK(megabytes_used(engine) == 20);
}

TEST_CASE("progress is clamped to [0, 1] and told only when it moves", "[engine]") {
  std::atomic<int> told = 0;
  engine::Engine engine({1000 * megabyte, [&] { ++told; }});
  int before = 0;
  int after = 0;
  engine.answer_with<Ask>([&](const Ask&, Job& job) {
    before = told;
    job.progress(7, "steps");
    for (int i = 0; i < 100; ++i) job.progress(1, "steps");
    after = told;
    return weighed("done");
  });
  std::vector<float> seen;
  engine.wait(Ask{"a"}, [&](const engine::Progress& progress) { seen.push_back(progress.fraction); });
  CHECK(after == before + 1);
  for (const float fraction : seen) CHECK(fraction == 1);
}

TEST_CASE("a preview of another type is a failure, not a crash", "[engine]") {
  engine::Engine engine;
  engine.answer_with<Ask>([](const Ask&, Job& job) {
    job.preview(std::make_shared<const int>(1));
    return weighed("never");
  });
  CHECK_THROWS_AS(engine.wait(Ask{"a"}), Error);
}

TEST_CASE("whatever a handler throws becomes a failed answer", "[engine]") {
  engine::Engine engine;
  engine.answer_with<Ask>([](const Ask& question, Job& job) -> std::shared_ptr<const Weighed> {
    job.preview(weighed("sketch", 3));
    if (question.name == "error") throw Error("the file is broken", "cat.png", "Choose another");
    if (question.name == "exception") throw std::runtime_error("index out of range");
    if (question.name == "memory") throw std::bad_alloc();
    if (question.name == "unknown") throw 42;
    if (question.name == "gave up") throw engine::Cancelled{};
    return nullptr;
  });
  const auto failure = [&](const std::string& name) {
    CHECK_THROWS_AS(engine.wait(Ask{name}), Error);
    const auto answer = engine.ask(Ask{name});
    REQUIRE(answer.failed());
    CHECK(answer.value->text == "sketch");  // the last preview
    return std::string(answer.error->what());
  };
  CHECK(failure("error") == "cat.png: the file is broken. Choose another");
  CHECK(failure("exception").find("index out of range") != std::string::npos);
  CHECK(failure("memory").find("not enough memory") != std::string::npos);
  CHECK(failure("unknown").find("unknown reason") != std::string::npos);
  CHECK(failure("gave up").find("without having been asked") != std::string::npos);
  CHECK(failure("nothing").find("without a result") != std::string::npos);
}

TEST_CASE("an exception is explained where somebody can", "[engine]") {
  engine::Engine engine;
  engine.explain_with([](const std::exception& exception) -> std::optional<Error> {
    if (std::string_view(exception.what()) != "frame #0") return std::nullopt;
    return Error("the network failed");
  });
  engine.answer_with<Ask>([](const Ask& question, Job&) -> std::shared_ptr<const Weighed> {
    throw std::runtime_error(question.name);
  });
  CHECK(engine.ask(Ask{"frame #0"}).state != State::failed);
  CHECK_THROWS_WITH(engine.wait(Ask{"frame #0"}), "the network failed");
  CHECK_THROWS_WITH(engine.wait(Ask{"other"}), "the computation failed unexpectedly: other");
}

TEST_CASE("a question that nobody answers fails", "[engine]") {
  engine::Engine engine;
  CHECK(engine.ask(Ask{"anything"}).failed());
  CHECK_THROWS_AS(engine.wait(Ask{"anything"}), Error);
}

TEST_CASE("a failure is remembered until it is retried", "[engine]") {
  engine::Engine engine;
  int attempts = 0;
  engine.answer_with<Ask>([&](const Ask&, Job&) {
    if (++attempts == 1) throw Error("the disk is away");
    return weighed("found");
  });
  CHECK_THROWS_AS(engine.wait(Ask{"a"}), Error);
  CHECK_THROWS_AS(engine.wait(Ask{"a"}), Error);
  CHECK(engine.ask(Ask{"a"}).failed());
  CHECK(attempts == 1);
  engine.retry(Ask{"a"});
  CHECK(engine.peek(Ask{"a"}).state == State::idle);
  CHECK(engine.wait(Ask{"a"})->text == "found");
  CHECK(attempts == 2);
}

TEST_CASE("retrying leaves a good answer alone", "[engine]") {
  Workbench bench;
  bench.engine.wait(Ask{"cat"});
  bench.engine.retry(Ask{"cat"});
  CHECK(bench.engine.ask(Ask{"cat"}).ready());
}

TEST_CASE("news is told without locks held", "[engine]") {
  engine::Engine* known = nullptr;
  std::atomic<int> heard = 0;
  engine::Engine engine({1000 * megabyte, [&] {
                           if (!known) return;
                           known->peek(Ask{"a"});  // would hang if the engine's lock were held
                           known->busy();
                           ++heard;
                         }});
  known = &engine;
  engine.answer_with<Ask>([](const Ask&, Job&) { return weighed("a"); });
  engine.wait(Ask{"a"});
  CHECK(heard > 0);
}

}  // namespace tessera::test::answers_test
