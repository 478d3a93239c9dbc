// Checks of networks: what is kept, and what is made anew.
#include <fstream>

#include "session/check_store.h"
#include "session/opening.h"
#include "support/catch.h"
#include "support/temporary_folder.h"
#include "tessera/base/error.h"
#include "tessera/session/check_queries.h"

namespace tessera::test::check_session_test {
namespace {

using session::CheckModel;

struct Remembering {
  session::Session session;
  engine::Engine engine;
  explicit Remembering(const std::filesystem::path& folder) : session({}, folder) { session.serve(engine); }

  session::CheckedNetwork network(const session::ModelRef& model) {
    return session::checked_network(*engine.wait(session::OpenModel{model}));
  }
};

// Tells itself apart from every true one.
check::Report made_up(const session::CheckedNetwork& network) {
  return {network.hash, {}, 1234.5, {{check::Kind::repeat, {}, check::Outcome::passed, 0.0, 0.0, "Made up"}}};
}

std::filesystem::path only_file_in(const std::filesystem::path& folder) {
  std::filesystem::path found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    REQUIRE(found.empty());
    found = entry.path();
  }
  return found;
}

}  // namespace

TEST_CASE("a check is of the network that it was asked for", "[session]") {
  Opened opened;
  const session::ModelRef model = tiny_model("tiny_resnet.pt");
  const auto card = opened.engine.wait(session::OpenModel{model});
  const auto report = opened.engine.wait(CheckModel{model});
  CHECK(report->model == card->hash);
  CHECK(report->picture.empty());
  CHECK_FALSE(report->lines.empty());
  CHECK(opened.engine.wait(CheckModel{model, small_image()})->picture == "chelsea_64.png");
}

TEST_CASE("a check is kept for the next run, unless it is of a picture", "[session]") {
  const TemporaryFolder folder;
  const session::ModelRef model = tiny_model("tiny_resnet.pt");
  check::Report first;
  {
    Remembering run(folder.path() / "checks");
    run.engine.wait(CheckModel{model, small_image()});
    CHECK_FALSE(std::filesystem::exists(folder.path() / "checks"));
    first = *run.engine.wait(CheckModel{model});
  }
  Remembering run(folder.path() / "checks");
  const auto network = run.network(model);
  const auto found = run.engine.wait(session::FindCheck{network});
  REQUIRE(found->report);
  CHECK(*found->report == first);
}

TEST_CASE("what was kept is taken, and replaced where somebody wants it anew", "[session]") {
  const TemporaryFolder folder;
  const session::ModelRef model = tiny_model("tiny_resnet.pt");
  Remembering run(folder.path());
  const auto network = run.network(model);
  const session::CheckStore store(folder.path());
  store.keep(network, made_up(network));
  CHECK(*run.engine.wait(CheckModel{model}) == made_up(network));
  CheckModel anew{model};
  anew.anew = true;
  const auto report = run.engine.wait(anew);
  CHECK_FALSE(*report == made_up(network));
  CHECK(store.find(network) == *report);
}

TEST_CASE("another preparation of pictures or another device is another check", "[session]") {
  const TemporaryFolder folder;
  const session::CheckStore store(folder.path());
  const session::CheckedNetwork network{"0123456789abcdef0123456789abcdef", "unit,64x64", "CPU (2 threads)"};
  store.keep(network, made_up(network));
  CHECK(store.find(network) == made_up(network));
  for (session::CheckedNetwork other : {session::CheckedNetwork{"0", network.preprocessing, network.device},
                                        session::CheckedNetwork{network.hash, "raw,64x64", network.device},
                                        session::CheckedNetwork{network.hash, network.preprocessing, "CUDA"}})
    CHECK_FALSE(store.find(other));
}

TEST_CASE("a kept check that cannot be read is passed over, and replaced", "[session]") {
  const TemporaryFolder folder;
  const session::CheckStore store(folder.path());
  const session::CheckedNetwork network{"0123456789abcdef0123456789abcdef", "unit,64x64", "CPU (2 threads)"};
  const session::CheckedNetwork other{"fedcba9876543210fedcba9876543210", "unit,64x64", "CPU (2 threads)"};
  store.keep(network, made_up(network));
  for (const std::string& text :
       {std::string("{\"tessera_check\": 1"), std::string(), check::to_json(made_up(other))}) {
    std::ofstream(only_file_in(folder.path())) << text;
    CHECK_FALSE(store.find(network));
    store.keep(network, made_up(network));
    CHECK(store.find(network) == made_up(network));
  }
}

TEST_CASE("a store without a folder, or with one that cannot be made, keeps nothing and does not fail",
          "[session]") {
  const TemporaryFolder folder;
  const session::CheckedNetwork network{"0123456789abcdef0123456789abcdef", "unit,64x64", "CPU (2 threads)"};
  std::ofstream(folder.path() / "file") << "no folder";
  for (const auto& place : {std::filesystem::path(), folder.path() / "file" / "checks"}) {
    const session::CheckStore store(place);
    store.keep(network, made_up(network));
    CHECK_FALSE(store.find(network));
  }
}

TEST_CASE("a check in the background lets views go first, and is made all the same", "[session]") {
  Opened opened;
  const session::ModelRef model = tiny_model("tiny_resnet.pt");
  const auto card = opened.engine.wait(session::OpenModel{model});
  opened.engine.begin_frame();
  session::ask_check(opened.engine, model, *card);
  opened.engine.ask(session::Classify{model, small_image()});
  opened.engine.end_frame();
  CHECK(opened.engine.wait(session::Classify{model, small_image()})->classes.size() > 0);
  CHECK(opened.engine.wait(CheckModel{model})->model == card->hash);
  CHECK(session::known_check(opened.engine, model, *card));
}

TEST_CASE("a check of what is no network says so", "[session]") {
  Opened opened;
  CHECK_FALSE(refusal_of(opened.engine, CheckModel{small_model_at("/nowhere/net.pt")}).empty());
}

}  // namespace tessera::test::check_session_test
