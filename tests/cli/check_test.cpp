// `tessera check`, and how its report is printed.
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include "app/reports/check.h"
#include "cli/tessera.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"

namespace tessera::test::check_cli_test {
namespace {

using check::Kind;
using check::Outcome;

std::string printed(std::vector<check::Line> lines, const std::string& picture = {}) {
  auto card = std::make_shared<model::ModelCard>();
  card->name = "net";
  auto report = std::make_shared<check::Report>();
  report->seconds = 1.26;
  report->picture = picture;
  report->lines = std::move(lines);
  return to_text(app::CheckFindings{"net.pt", card, report});
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::vector<check::Line> sound{
    {Kind::repeat, {}, Outcome::passed, 0.0, 0.0, "Two runs give the same numbers"},
    {Kind::directions, "stem", Outcome::passed, 1.26e-7, 1e-4, "Both agree along 8 directions"},
    {Kind::directions, "head", Outcome::passed, 3.1e-6, 1e-4, "Both agree along 8 directions"},
    {Kind::output, {}, Outcome::note, {}, {}, "Logits of 10 classes"}};

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

// All that was said about some outcome, said about another.
void turn_outcomes(const std::filesystem::path& folder, const std::string& from, const std::string& to) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::string text = text_of(entry.path());
    for (auto place = text.find(from); place != std::string::npos; place = text.find(from, place + to.size()))
      text.replace(place, from.size(), to);
    std::ofstream(entry.path()) << text;
  }
}

const std::string tiny = data("tiny/tiny_resnet.pt").string();
const std::string small = data("tiny/chelsea_64.png").string();

}  // namespace

TEST_CASE("what passed is a short table, with the layer that comes closest to its limit", "[cli]") {
  const std::string text = printed(sound);
  CAPTURE(text);
  CHECK(text.starts_with("net (net.pt), on pictures made for it, 1.3 s\n\ncheck "));
  CHECK(holds(text, "2 layers  passed   3.1e-06  0.0001\n"));
  CHECK_FALSE(holds(text, "stem"));
  CHECK_FALSE(holds(text, "along 8 directions"));
  CHECK(holds(text, "\nnote, output: Logits of 10 classes\n"));
  CHECK(text.ends_with("\n2 of 2 checks passed\n"));
}

TEST_CASE("what failed stands out, and its sentences stand beneath", "[cli]") {
  auto lines = sound;
  lines[1].outcome = Outcome::failed;
  lines[1].measured = std::numeric_limits<double>::quiet_NaN();
  lines[1].sentence = "They differ along 3 of 8 directions";
  const std::string text = printed(lines, "cat.png");
  CAPTURE(text);
  CHECK(text.starts_with("net (net.pt), on cat.png, 1.3 s\n"));
  CHECK(holds(text, "stem   FAILED  not a number"));
  CHECK(holds(text, "head   passed"));
  CHECK(holds(text, "\nFAILED, directions at stem: They differ along 3 of 8 directions\n"));
  CHECK(holds(text, "docs/check.md"));
  CHECK(text.ends_with("\n1 of 2 checks passed\n"));
}

TEST_CASE("the bundled network is checked, and read back as JSON", "[cli]") {
  const TemporaryFolder folder;
  const std::map<std::string, std::string> home{{"XDG_CACHE_HOME", folder.path().string()}};
  const Finished run = tessera({"check"}, home);
  CAPTURE(run.out);
  REQUIRE(run.exit_code == 0);
  CHECK(run.err.empty());
  CHECK(run.out.ends_with(" checks passed\n"));
  const Finished json = tessera({"check", "--json"}, home);
  REQUIRE(json.exit_code == 0);
  const check::Report report = check::report_from_json(json.out, "stdout");
  CHECK_FALSE(check::failed(report));
  CHECK_FALSE(report.lines.empty());
}

TEST_CASE("the network to check is named first or with --model, the picture after it", "[cli]") {
  const TemporaryFolder folder;
  const std::map<std::string, std::string> home{{"XDG_CACHE_HOME", folder.path().string()}};
  const Finished positional = tessera({"check", tiny, small, "--preprocess", "unit,64x64"}, home);
  const Finished option = tessera({"check", small, "--model", tiny, "--preprocess", "unit,64x64"}, home);
  for (const Finished& run : {positional, option}) {
    CAPTURE(run.err);
    CHECK(holds(run.out, "tiny_resnet"));
    CHECK(holds(run.out, "on chelsea_64.png"));
  }
}

TEST_CASE("what cannot be checked is one sentence", "[cli]") {
  CHECK(failed_with(tessera({"check", "nowhere.pt"}), 1, "nowhere.pt"));
  CHECK(failed_with(tessera({"check", tiny, "nowhere.png"}), 1, "nowhere.png"));
}

TEST_CASE("a figure of a network that failed its check says so", "[cli]") {
  const TemporaryFolder folder;
  const std::map<std::string, std::string> home{{"XDG_CACHE_HOME", folder.path().string()}};
  const auto checks = folder.path() / "tessera" / "checks";
  tessera({"check", tiny, "--preprocess", "unit,64x64"}, home);
  REQUIRE(std::filesystem::exists(checks));
  const auto draw = [&] {
    return tessera({"figure", "sheet", small, "--model", tiny, "--preprocess", "unit,64x64", "-o",
                    (folder.path() / "sheet.png").string()},
                   home);
  };
  turn_outcomes(checks, "\"failed\"", "\"passed\"");
  const Finished sound_run = draw();
  skip_without_drawing(sound_run);
  REQUIRE(sound_run.exit_code == 0);
  CHECK(sound_run.err.empty());
  for (const std::string outcome : {"\"passed\"", "\"skipped\"", "\"handled\""})
    turn_outcomes(checks, outcome, "\"failed\"");
  const Finished failing = draw();
  CHECK(failing.exit_code == 0);
  CHECK(holds(failing.err, "`tessera check`"));
}

}  // namespace tessera::test::check_cli_test
