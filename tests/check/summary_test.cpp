#include "tessera/check/summary.h"

#include <limits>

#include "support/catch.h"

namespace tessera::test::check_summary_test {
namespace {

using namespace tessera::check;

Line measured(Kind kind, const std::string& layer, Outcome outcome, double value, double limit) {
  return {kind, layer, outcome, value, limit, {}};
}

}  // namespace

TEST_CASE("a table has a row for each kind and what became of it, with the line closest to its limit",
          "[check]") {
  Report report;
  report.lines = {measured(Kind::repeat, "", Outcome::passed, 0, 0),
                  measured(Kind::directions, "stem", Outcome::passed, 2e-5, 1e-3),
                  measured(Kind::directions, "body", Outcome::passed, 1e-5, 1e-4),
                  measured(Kind::directions, "head", Outcome::failed, 0.5, 1e-4)};
  const auto rows = summary(report);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].worst == &report.lines[0]);
  CHECK(layers_text(rows[0]).empty());
  CHECK(rows[1].worst == &report.lines[3]);
  CHECK(layers_text(rows[1]) == "head");
  CHECK(rows[2].lines == std::vector<const Line*>{&report.lines[1], &report.lines[2]});
  CHECK(rows[2].worst == &report.lines[2]);
  CHECK(layers_text(rows[2]) == "2 layers");
}

TEST_CASE("nothing is worse than what is not a number", "[check]") {
  Report report;
  report.lines = {
      measured(Kind::place, "stem", Outcome::failed, 0.9, 0.5),
      measured(Kind::place, "head", Outcome::failed, std::numeric_limits<double>::quiet_NaN(), 0.5)};
  REQUIRE(summary(report).size() == 1);
  CHECK(summary(report)[0].worst == &report.lines[1]);
}

TEST_CASE("a report without lines has no rows", "[check]") { CHECK(summary(Report{}).empty()); }

}  // namespace tessera::test::check_summary_test
