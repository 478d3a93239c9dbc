// How long a job will still take, by a clock that the tests set.
#include "engine/time_left.h"
#include "engine/fixture.h"
#include "support/catch.h"

namespace tessera::test::time_left_test {

using engine::TimeLeft;

namespace {

float at(const TimeLeft& left, double now) {
  const auto seconds = left.at(now);
  REQUIRE(seconds);
  return *seconds;
}

// An engine whose clock the test sets. Its jobs report what they are told to, one report at a time.
struct Timed {
  std::atomic<double> now = 100;
  News news;
  std::mutex mutex;
  std::condition_variable_any changed;
  std::optional<float> next;
  bool ends = false;
  engine::Engine engine{{1000 * megabyte, news.listener(), {}, [this] { return now.load(); }}};

  Timed() {
    engine.answer_with<Ask>([this](const Ask&, engine::Job& job) {
      std::unique_lock lock(mutex);
      for (;;) {
        changed.wait(lock, job.stop_token(), [&] { return next || ends; });
        if (!next) break;
        job.progress(*std::exchange(next, std::nullopt), "sweeps");
      }
      return weighed("done");
    });
  }
  ~Timed() { end(); }

  void end() {
    std::lock_guard lock(mutex);
    ends = true;
    changed.notify_all();
  }
  void start() {
    engine.ask(Ask{"path"});
    news.await([&] { return engine.peek(Ask{"path"}).state == engine::State::running; });
  }
  engine::Progress report(double when, float fraction) {
    now = when;
    {
      std::lock_guard lock(mutex);
      next = fraction;
      changed.notify_all();
    }
    news.await([&] { return engine.peek(Ask{"path"}).progress.fraction == fraction; });
    return engine.peek(Ask{"path"}).progress;
  }
};

}  // namespace

TEST_CASE("what is left is told by the pace so far, and counts down between reports", "[engine]") {
  TimeLeft left;
  left.begin(10, 0);
  left.report(20, 0.25f);
  CHECK(at(left, 20) == Approx(30));
  CHECK(at(left, 25) == Approx(25));
  left.report(30, 0.5f);
  CHECK(at(left, 30) == Approx(20));
}

TEST_CASE("nothing is told in the first second and before 3 % are done", "[engine]") {
  TimeLeft left;
  CHECK_FALSE(left.at(0));
  left.begin(0, 0);
  left.report(0.9, 0.5f);
  CHECK_FALSE(left.at(0.9));
  left.begin(0, 0);
  left.report(100, 0.02f);
  CHECK_FALSE(left.at(100));
  left.report(101, 0.04f);
  CHECK(left.at(101));
}

TEST_CASE("one slow step is no leap, a steady change of pace is followed", "[engine]") {
  TimeLeft left;
  left.begin(0, 0);
  for (int step = 1; step <= 10; ++step) left.report(step, float(step) * 0.02f);
  CHECK(at(left, 10) == Approx(40).margin(0.01));
  left.report(16, 0.22f);  // six seconds instead of one: at this pace 56.7 would be left
  CHECK(at(left, 16) > 34);
  CHECK(at(left, 16) < 45);
  for (int step = 12; step <= 40; ++step) left.report(16 + (step - 11) * 2, float(step) * 0.02f);
  // Two seconds a step, ten steps left; the quicker ones before still count.
  CHECK(at(left, 74) > 15);
  CHECK(at(left, 74) < 21);
}

TEST_CASE("what was done before, and stages with a measure of their own, are no pace", "[engine]") {
  TimeLeft left;
  left.begin(0, 0.8f);
  left.report(10, 0.9f);
  CHECK(at(left, 10) == Approx(10));
  left.report(20, 0.1f);
  CHECK_FALSE(left.at(20));
  left.report(30, 0.55f);
  CHECK(at(left, 30) == Approx(10));
}

TEST_CASE("a job that takes longer than expected promises nothing", "[engine]") {
  TimeLeft left;
  left.begin(0, 0);
  left.report(10, 0.5f);
  CHECK(left.at(19));
  CHECK_FALSE(left.at(21));
}

TEST_CASE("an answer tells how long it will take, as does the engine of what it does", "[engine]") {
  Timed timed;
  timed.start();
  CHECK_FALSE(timed.engine.peek(Ask{"path"}).progress.seconds_left);
  const engine::Progress progress = timed.report(110, 0.2f);
  REQUIRE(progress.seconds_left);
  CHECK(*progress.seconds_left == Approx(40));
  CHECK(timed.engine.activity().progress.seconds_left == progress.seconds_left);
  timed.now = 120;
  CHECK(timed.engine.ask(Ask{"path"}).progress.seconds_left == Approx(30));
  timed.engine.ask(Ask{"next"});
  CHECK_FALSE(timed.engine.peek(Ask{"next"}).progress.seconds_left);  // waits for its turn
  timed.end();
  timed.engine.wait(Ask{"path"});
  CHECK_FALSE(timed.engine.peek(Ask{"path"}).progress.seconds_left);
}

}  // namespace tessera::test::time_left_test
