#include "app/nearest_names.h"

#include "support/catch.h"

namespace tessera::test::nearest_names_test {
namespace {

using app::joined_with_or;
using app::nearest_names;
using Names = std::vector<std::string>;

const Names layers{"input", "stem",      "blocks.1.expand", "blocks.11.expand", "blocks.11.depthwise",
                   "head",  "classifier"};

}  // namespace

TEST_CASE("a slip of the finger finds its name", "[cli]") {
  CHECK(nearest_names("stme", layers, 1) == Names{"stem"});
  CHECK(nearest_names("blocks.11.expnad", layers, 2) == Names{"blocks.11.expand", "blocks.1.expand"});
  CHECK(nearest_names("Classifier", layers, 1) == Names{"classifier"});
}

TEST_CASE("names are near in any case, of any script", "[cli]") {
  CHECK(nearest_names("ÄRM", Names{"stem", "Ärmel"}) == Names{"Ärmel"});
}

TEST_CASE("part of a name finds all that have it, in their order", "[cli]") {
  CHECK(nearest_names("expand", layers) == Names{"blocks.1.expand", "blocks.11.expand"});
}

TEST_CASE("what resembles nothing finds nothing", "[cli]") {
  CHECK(nearest_names("fully_connected_7", layers).empty());
  CHECK(nearest_names("", layers).empty());
  CHECK(nearest_names("stem", {}).empty());
}

TEST_CASE("names are joined as people do", "[cli]") {
  CHECK(joined_with_or({}).empty());
  CHECK(joined_with_or(Names{"a"}) == "a");
  CHECK(joined_with_or(Names{"a", "b"}) == "a or b");
  CHECK(joined_with_or(Names{"a", "b", "c"}) == "a, b or c");
}

}  // namespace tessera::test::nearest_names_test
