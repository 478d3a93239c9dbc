// What becomes of requests while the engine is held: a user's "stop".
#include "engine/fixture.h"
#include "support/catch.h"

namespace tessera::test::hold_test {
namespace {

using engine::State;
using Names = std::vector<std::string>;

const Ask gate{"gate"};

}  // namespace

TEST_CASE("a held engine stops what runs and starts nothing that a view asks for, until it is released",
          "[engine]") {
  Workbench bench;
  bench.frame({gate});
  bench.gate.await_arrival();
  CHECK(bench.engine.activity().running == 1);
  bench.news.await([&] { return bench.engine.activity().progress.fraction == 0.5f; });
  CHECK(bench.engine.activity().progress.stage == "at the gate");

  bench.engine.hold(true);
  CHECK(bench.engine.activity().running == 0);
  bench.frame({gate, {"a"}, {"b"}});
  bench.news.await([&] { return bench.engine.activity().queued == 3; });  // the stopped one queues again
  CHECK(bench.computed.names().empty());
  CHECK(bench.engine.ask(Ask{"a"}).state == State::idle);

  bench.gate.open();
  bench.engine.hold(false);
  bench.await_rest();
  CHECK(bench.computed.names().size() == 3);
  CHECK(bench.engine.ask(gate).ready());
}

TEST_CASE("what somebody waits for goes on while the engine is held", "[engine]") {
  Workbench bench;
  bench.engine.hold(true);
  bench.engine.ask(Ask{"a view's"});
  CHECK(bench.engine.wait(Ask{"a command's"})->text == "answer to a command's");
  CHECK(bench.computed.names() == Names{"a command's"});
}

TEST_CASE("ready answers stay ready while the engine is held", "[engine]") {
  Workbench bench;
  bench.engine.wait(Ask{"a"});
  bench.engine.hold(true);
  bench.frame({{"a"}});
  CHECK(bench.engine.ask(Ask{"a"}).ready());
}

}  // namespace tessera::test::hold_test
