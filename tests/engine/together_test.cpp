// Queries that are computed together, and long ones that give way.
#include <algorithm>
#include <random>
#include <thread>

#include "engine/fixture.h"
#include "support/catch.h"

namespace tessera::test::together_test {
namespace {

using engine::Job;
using engine::Member;
using engine::State;
using engine::Visibility;
using Names = std::vector<std::string>;

// A question that may be answered with others of its family; patient.
struct Together {
  using Result = Weighed;
  static constexpr engine::Lane lane = engine::Lane::cpu;
  static constexpr std::size_t most_in_batch = 4;
  static constexpr bool patient = true;
  std::string name;
  std::string family = "f";
  std::string key() const { return name; }
  std::string batch() const { return family; }
};
using Members = std::vector<Member<Together>>;

// Records which names came together; what else a handler does is the test's.
struct Bench {
  News news;
  Gate gate;
  Record batches;
  engine::Engine engine;

  explicit Bench(std::function<void(Bench&, const Members&)> handler)
      : engine({1000 * megabyte, news.listener()}) {
    engine.answer_together<Together>([this, handler = std::move(handler)](const Members& members) {
      std::string names;
      for (const auto& member : members) names += member.query().name;
      batches.add(names);
      handler(*this, members);
    });
    engine.answer_with<Ask>([this](const Ask& question, Job& job) {
      if (question.name == "gate" && !gate.pass(job.stop_token())) job.throw_if_cancelled();
      batches.add(question.name);
      return weighed(question.name);
    });
  }
  ~Bench() { gate.open(); }

  void frame(const std::vector<Together>& questions, const std::vector<Ask>& others = {}) {
    engine.begin_frame();
    for (const auto& question : questions) engine.ask(question);
    for (const auto& question : others) engine.ask(question);
    engine.end_frame();
  }
  void await_rest() {
    news.await([&] { return !engine.busy(); });
  }
};

void finish_all(Bench&, const Members& members) {
  for (const auto& member : members) member.finish(weighed("answer to " + member.query().name));
}

}  // namespace

TEST_CASE("what is asked in one frame comes together, in order, no more than there is room for", "[engine]") {
  Bench bench(finish_all);
  bench.frame({{"a"}, {"b"}, {"c"}, {"d"}, {"e"}, {"f"}});
  bench.await_rest();
  CHECK(bench.batches.names() == Names{"abcd", "ef"});
  for (const char* name : {"a", "f"}) {
    const auto answer = bench.engine.peek(Together{name});
    REQUIRE(answer.ready());
    CHECK(answer.value->text == std::string("answer to ") + name);
  }
}

TEST_CASE("the most wanted come first, and only with their own family", "[engine]") {
  Bench bench(finish_all);
  bench.engine.begin_frame();
  bench.engine.ask(Ask{"gate"});  // keeps the lane busy until all are asked
  bench.gate.await_arrival();
  bench.engine.ask(Together{"a", "left"});
  bench.engine.ask(Together{"b", "right"});
  bench.engine.ask(Together{"c", "left"});
  bench.engine.ask(Together{"d", ""});
  bench.engine.ask(Together{"e", "right"}, Visibility::focused);
  bench.engine.ask(Together{"f", ""});
  bench.engine.end_frame();
  bench.gate.open();
  bench.await_rest();
  CHECK(bench.batches.names() == Names{"gate", "eb", "ac", "d", "f"});
}

TEST_CASE("each is answered on its own: ready, failed, with the handler's error", "[engine]") {
  Bench bench([](Bench& self, const Members& members) {
    members[0].finish(weighed("early"));
    // The first is ready while the others go on.
    self.news.await([&] { return self.engine.peek(Together{"a"}).ready(); });
    CHECK(self.engine.peek(Together{"b"}).state == State::running);
    members[1].fail(Error("no luck"));
    members[2].finish(nullptr);
    throw Error("the rest fails");
  });
  bench.frame({{"a"}, {"b"}, {"c"}, {"d"}});
  bench.await_rest();
  CHECK(bench.engine.peek(Together{"a"}).value->text == "early");
  CHECK(bench.engine.peek(Together{"b"}).error->happened() == "no luck");
  CHECK(bench.engine.peek(Together{"c"}).error->happened() == "the computation ended without a result");
  CHECK(bench.engine.peek(Together{"d"}).error->happened() == "the rest fails");
}

TEST_CASE("previews, progress and stopping are each member's own", "[engine]") {
  Bench bench([](Bench& self, const Members& members) {
    members[0].job().preview(weighed("sketch"));
    members[1].job().progress(0.5f, "half");
    if (!self.gate.pass({})) return;
    CHECK_FALSE(members[0].job().cancelled());
    CHECK(members[1].job().cancelled());
    members[0].finish(weighed("done"));
    throw engine::Cancelled{};
  });
  bench.frame({{"a"}, {"b"}});
  bench.gate.await_arrival();
  CHECK(bench.engine.peek(Together{"a"}).value->text == "sketch");
  CHECK(bench.engine.peek(Together{"b"}).progress.fraction == 0.5f);
  bench.frame({{"a"}});
  bench.gate.open();
  bench.await_rest();
  CHECK(bench.engine.peek(Together{"a"}).value->text == "done");
  CHECK(bench.engine.peek(Together{"b"}).state == State::idle);
}

TEST_CASE("where a handler gives up for the one that was cancelled, the others take their turn again",
          "[engine]") {
  Bench bench([](Bench& self, const Members& members) {
    if (members.size() < 3) return finish_all(self, members);
    if (!self.gate.pass({})) return;
    CHECK(members[0].job().cancelled());
    CHECK_FALSE(members[1].job().cancelled());
    throw engine::Cancelled{};
  });
  bench.frame({{"a"}, {"b"}, {"c"}});
  bench.gate.await_arrival();
  bench.frame({{"b"}, {"c"}});
  bench.gate.open();
  bench.await_rest();
  CHECK(bench.batches.names() == Names{"abc", "bc"});
  CHECK(bench.engine.peek(Together{"a"}).state == State::idle);
  CHECK(bench.engine.peek(Together{"b"}).ready());
  CHECK(bench.engine.peek(Together{"c"}).ready());
}

TEST_CASE("a result that comes although nobody wants it any more is remembered", "[engine]") {
  Bench bench([](Bench& self, const Members& members) {
    self.gate.pass({});
    finish_all(self, members);
  });
  bench.frame({{"a"}, {"b"}});
  bench.gate.await_arrival();
  bench.frame({});
  bench.gate.open();
  bench.await_rest();
  CHECK(bench.engine.peek(Together{"b"}).ready());
}

TEST_CASE("what is patient lets others that are wanted as much go first", "[engine]") {
  Bench bench(finish_all);
  bench.engine.ask(Ask{"gate"});
  bench.gate.await_arrival();
  bench.engine.ask(Together{"a"});
  bench.engine.ask(Ask{"x"});
  bench.engine.ask(Ask{"y"}, Visibility::ahead);
  bench.gate.open();
  bench.await_rest();
  CHECK(bench.batches.names() == Names{"gate", "x", "a", "y"});
}

TEST_CASE("long work gives way to what is wanted more, and goes on in its place", "[engine]") {
  int calls = 0;
  Bench bench([&calls](Bench& self, const Members& members) {
    if (++calls == 1) {
      CHECK_FALSE(members[0].job().should_give_way());
      members[0].job().preview(weighed("sketch"));
      self.engine.ask(Together{"z", "other"});  // as patient: no reason
      CHECK_FALSE(members[0].job().should_give_way());
      self.engine.ask(Ask{"urgent"});
      CHECK(members[0].job().should_give_way());
      for (const auto& member : members) member.put_back();
      return;
    }
    CHECK((members[0].query().name != "a" || self.engine.peek(Together{"a"}).value->text == "sketch"));
    finish_all(self, members);
  });
  bench.frame({{"a"}, {"b"}});
  bench.await_rest();
  CHECK(bench.batches.names() == Names{"ab", "urgent", "ab", "z"});
  CHECK(bench.engine.peek(Together{"a"}).ready());
}

TEST_CASE("somebody who waits is served without a frame's end", "[engine]") {
  Bench bench(finish_all);
  bench.engine.begin_frame();
  bench.engine.ask(Together{"b"});
  CHECK(bench.engine.wait(Together{"a"})->text == "answer to a");
  bench.engine.end_frame();
  bench.await_rest();
}

TEST_CASE("an engine that goes away stops all members and waits for their handler", "[engine]") {
  bool all_stopped = false;
  Gate never_opened;  // the bench opens its own before its engine goes
  {
    Bench bench([&](Bench&, const Members& members) {
      for (const auto& member : members) never_opened.pass(member.job().stop_token());
      all_stopped =
          std::all_of(members.begin(), members.end(), [](const auto& m) { return m.job().cancelled(); });
      for (const auto& member : members) member.put_back();
    });
    bench.frame({{"a"}, {"b"}, {"c"}});
    never_opened.await_arrival();
  }
  CHECK(all_stopped);
}

TEST_CASE("many threads ask for what is computed together", "[engine]") {
  News news;
  engine::Engine engine({40 * 10 * megabyte, news.listener()});
  engine.answer_together<Together>([](const Members& members) {
    for (int step = 0; step < 3; ++step) {
      if (step > 0 && members.front().job().should_give_way()) break;
      for (const auto& member : members) {
        if (member.has_left()) continue;
        member.job().progress(float(step) / 3, "step");
        member.job().preview(weighed("sketch of " + member.query().name, 10));
        if (step == 1 && member.query().name.back() == '7') member.fail(Error("bad luck"));
      }
    }
    for (const auto& member : members)
      if (!member.has_left()) member.finish(weighed("answer to " + member.query().name, 10));
  });
  engine.answer_with<Ask>([](const Ask& question, Job&) { return weighed(question.name); });
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (unsigned seed = 0; seed < 4; ++seed)
      threads.emplace_back([&, seed] {
        std::mt19937 random(seed);
        for (int i = 0; i < 300; ++i) {
          const Together question{std::to_string(random() % 40), "f"};
          switch (random() % 6) {
            case 0:
              engine.cancel(question);
              break;
            case 1:
              engine.retry(question);
              break;
            case 2:
              engine.ask(Ask{std::to_string(i)}, Visibility::focused);
              break;
            case 3:
              try {
                if (engine.wait(question)->text != "answer to " + question.name) ++wrong;
              } catch (const Error&) {
                if (question.name.back() != '7') ++wrong;
              }
              break;
            default: {
              const auto answer = engine.ask(question);
              if (answer.ready() && answer.value->text != "answer to " + question.name) ++wrong;
            }
          }
          if (seed == 0) engine.begin_frame(), engine.end_frame();
        }
      });
  }
  news.await([&] { return !engine.busy(); });
  CHECK(wrong == 0);
}

}  // namespace tessera::test::together_test
