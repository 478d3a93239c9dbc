#include "tessera/attribution/rules.h"

#include "attribution/refusal.h"
#include "support/catch.h"

namespace tessera::test::rules_test {

using namespace tessera;
using namespace tessera::attribution;

TEST_CASE("rules for max pools are written as they are read", "[attribution]") {
  for (const Pooling pooling : {Pooling::exact, Pooling::proportional, Pooling::lucid})
    CHECK(pooling_from_text(to_text(pooling)) == pooling);
  CHECK_THROWS_WITH(pooling_from_text("Exact"),
                    "Exact: there is no rule for max pools of this name. Use exact, proportional or lucid");
  CHECK_THROWS_AS(pooling_from_text(""), Error);
}

TEST_CASE("rules that differ read differently", "[attribution]") {
  CHECK(to_text(GradientRules{}) == "exact pooling");
  CHECK(to_text(GradientRules{Pooling::proportional, true}) ==
        "proportional pooling, checkerboard cancelled");
  CHECK(to_text(GradientRules{Pooling::lucid, false}) == "lucid pooling");
}

}  // namespace tessera::test::rules_test
