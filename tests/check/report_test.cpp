// What a report counts, and how it is written down.
#include "tessera/check/report.h"

#include <cmath>
#include <limits>
#include <set>

#include "support/catch.h"
#include "tessera/base/error.h"

namespace tessera::test::check_report_test {
namespace {

using namespace tessera::check;

Line line(Kind kind, Outcome outcome, const std::string& layer = {}) {
  return {kind, layer, outcome, {}, {}, "So it is"};
}

Report made_up() {
  Report report{"0123456789abcdef0123456789abcdef", "cat.png", 1.5, {}};
  report.lines = {{Kind::repeat, {}, Outcome::passed, 0.0, 0.0, "Two runs give the same numbers"},
                  {Kind::directions, "stem", Outcome::passed, 1.25e-7, 1e-4, "Both agree along 8 directions"},
                  {Kind::directions, "head", Outcome::failed, 0.25, 1e-4, "They differ: \"head\" – ⅓"},
                  {Kind::place, {}, Outcome::skipped, {}, {}, "No layer has more than one cell"},
                  {Kind::output, {}, Outcome::note, {}, {}, "Logits of 10 classes"}};
  return report;
}

}  // namespace

TEST_CASE("a kind counts where it was tried, and as passed where no line of it failed", "[check]") {
  CHECK(count(Report{}).checked == 0);
  const Count counted = count(made_up());
  CHECK(counted.passed == 1);
  CHECK(counted.checked == 2);
  Report handled;
  handled.lines = {line(Kind::batch, Outcome::handled), line(Kind::input, Outcome::note)};
  CHECK(count(handled).passed == 1);
  CHECK(count(handled).checked == 1);
}

TEST_CASE("a report has failed where one line has", "[check]") {
  CHECK(failed(made_up()));
  Report report;
  CHECK_FALSE(failed(report));
  report.lines = {line(Kind::batch, Outcome::handled), line(Kind::place, Outcome::skipped),
                  line(Kind::input, Outcome::note), line(Kind::repeat, Outcome::passed)};
  CHECK_FALSE(failed(report));
}

TEST_CASE("a layer is concerned by its own failures and by those of the whole network", "[check]") {
  Report report;
  report.lines = {line(Kind::repeat, Outcome::failed), line(Kind::place, Outcome::failed, "stem"),
                  line(Kind::place, Outcome::failed, "head"),
                  line(Kind::directions, Outcome::passed, "stem")};
  const auto found = failures_at(report, "stem");
  REQUIRE(found.size() == 2);
  CHECK(found[0] == &report.lines[0]);
  CHECK(found[1] == &report.lines[1]);
  CHECK(failures_at(report, "").size() == 1);
}

TEST_CASE("kinds and outcomes have words of their own", "[check]") {
  std::set<std::string> words, titles;
  for (std::size_t i = 0; i < kinds; ++i) {
    words.insert(to_text(Kind(i)));
    titles.insert(title(Kind(i)));
  }
  CHECK(words.size() == kinds);
  CHECK(titles.size() == kinds);
  CHECK(to_text(Kind::completeness) == "completeness");
  CHECK(to_text(Outcome::handled) == "handled");
}

TEST_CASE("a report is read back as it was written", "[check]") {
  CHECK(report_from_json(to_json(made_up()), "a test") == made_up());
  CHECK(report_from_json(to_json(Report{}), "a test") == Report{});
}

TEST_CASE("a disagreement that is not finite is read back too", "[check]") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Report report = made_up();
  report.lines[0].measured = infinity;
  report.lines[1].measured = -infinity;
  report.lines[2].measured = std::numeric_limits<double>::quiet_NaN();
  const Report read = report_from_json(to_json(report), "a test");
  CHECK(read.lines[0].measured == infinity);
  CHECK(read.lines[1].measured == -infinity);
  REQUIRE(read.lines[2].measured);
  CHECK(std::isnan(*read.lines[2].measured));
}

TEST_CASE("sentences stay valid JSON whatever is in them", "[check]") {
  Report report = made_up();
  report.lines[0].sentence = "not UTF-8: \xff, \" and \n";
  CHECK_NOTHROW(report_from_json(to_json(report), "a test"));
}

TEST_CASE("reports that are not as documented are refused, with where they are", "[check]") {
  const std::string good = to_json(made_up());
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const auto place = text.find(from);
    INFO("looking for " << from);
    REQUIRE(place != std::string::npos);
    return text.replace(place, from.size(), to);
  };
  const std::string bad[] = {"",
                             "[]",
                             "{}",
                             good.substr(0, good.size() / 2),
                             with("\"tessera_check\": 1", "\"tessera_check\": 2"),
                             with("\"tessera_check\": 1,", ""),
                             with("\"seconds\": 1.5", "\"seconds\": -1"),
                             with("\"seconds\": 1.5", "\"seconds\": null"),
                             with("\"seconds\": 1.5", "\"seconds\": 1.5, \"more\": 1"),
                             with("\"seconds\": 1.5", "\"seconds\": 1.5, \"seconds\": 1.5"),
                             with("\"picture\": \"cat.png\"", "\"picture\": 7"),
                             with("\"lines\": [", "\"lines\": [7, "),
                             with("\"repeat\"", "\"rapeat\""),
                             with("\"passed\"", "\"past\""),
                             with("1.25e-07", "\"small\""),
                             with("\"layer\": \"stem\",", "")};
  for (const std::string& text : bad) {
    CAPTURE(text);
    CHECK_THROWS_AS(report_from_json(text, "kept.json"), Error);
  }
  try {
    report_from_json("[]", "kept.json");
    FAIL("it was read");
  } catch (const Error& error) {
    CHECK(error.where() == "kept.json");
    CHECK(std::string(error.what()).find("docs/check.md") != std::string::npos);
  }
}

}  // namespace tessera::test::check_report_test
