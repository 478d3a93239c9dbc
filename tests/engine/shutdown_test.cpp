// The end: whatever is going on, the engine leaves at once and cleanly.
#include <algorithm>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/fixture.h"
#include "support/catch.h"

namespace tessera::test::shutdown_test {
namespace {

using engine::Job;

std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("an engine may be made and left without work", "[engine]") { engine::Engine engine; }

TEST_CASE("each lane begins before its first job, on its own thread", "[engine]") {
  std::mutex mutex;
  std::vector<std::thread::id> begun;
  engine::EngineOptions options;
  options.begin_lane = [&] {
    std::lock_guard lock(mutex);
    begun.push_back(std::this_thread::get_id());
  };
  engine::Engine engine(std::move(options));
  const auto has_begun = [&] {
    std::lock_guard lock(mutex);
    return std::ranges::count(begun, std::this_thread::get_id()) == 1;
  };
  engine.answer_with<Ask>([&](const Ask&, Job&) { return weighed(has_begun() ? "begun" : "not"); });
  engine.answer_with<AskTorch>([&](const AskTorch&, Job&) { return weighed(has_begun() ? "begun" : "not"); });
  CHECK(engine.wait(Ask{"one"})->text == "begun");
  CHECK(engine.wait(AskTorch{"other"})->text == "begun");
}

TEST_CASE("shutting down stops running jobs and never starts the queued ones", "[engine]") {
  Gate gate;  // never opened
  Record computed;
  {
    engine::Engine engine;
    engine.answer_with<Ask>([&](const Ask& question, Job& job) {
      computed.add(question.name);
      gate.pass(job.stop_token());
      job.throw_if_cancelled();
      return weighed("never");
    });
    engine.answer_with<AskTorch>([](const AskTorch& question, Job&) { return weighed(question.name); });
    engine.ask(Ask{"running"});
    gate.await_arrival();
    for (int i = 0; i < 50; ++i) engine.ask(Ask{std::to_string(i)});
    for (int i = 0; i < 50; ++i) engine.ask(AskTorch{std::to_string(i)});
  }
  CHECK(computed.names() == std::vector<std::string>{"running"});
}

TEST_CASE("waiters are sent away with an Error", "[engine]") {
  Gate gate;
  Gate heard;
  auto engine = std::make_unique<engine::Engine>();
  engine->answer_with<Ask>([&](const Ask&, Job& job) {
    job.progress(0.5f, "working");
    gate.pass(job.stop_token());
    job.throw_if_cancelled();
    return weighed("never");
  });
  engine::Engine& shared = *engine;  // the threads must not look at the pointer that is being reset
  std::string of_running;
  std::string of_queued;
  std::jthread first([&] {
    of_running =
        error_of([&] { shared.wait(Ask{"running"}, [&](const engine::Progress&) { heard.pass({}); }); });
  });
  heard.await_arrival();
  heard.open();
  std::jthread second([&] { of_queued = error_of([&] { shared.wait(Ask{"queued"}); }); });
  while (shared.queued() != 1) std::this_thread::yield();
  engine.reset();
  first.join();
  second.join();
  CHECK(of_running.find("shut down") != std::string::npos);
  CHECK(of_queued.find("shut down") != std::string::npos);
}

TEST_CASE("an answer in a view's hands outlives the engine", "[engine]") {
  auto engine = std::make_unique<engine::Engine>();
  engine->answer_with<Ask>([](const Ask&, Job&) { return weighed("cat"); });
  const auto held = engine->wait(Ask{"a"});
  engine.reset();
  CHECK(held->text == "cat");
}

}  // namespace tessera::test::shutdown_test
