#include "tessera/featurevis/icon_key.h"

#include <cmath>
#include <set>

#include "support/catch.h"

namespace tessera::test::icon_key_test {

using namespace tessera;
using namespace tessera::featurevis;

namespace {

const Network network{"0123456789abcdef0123456789abcdef", ""};

}  // namespace

TEST_CASE("everything that decides an icon decides its key", "[featurevis]") {
  const IconSubject subject{"blocks.5", Channel{3}, false};
  const Recipe recipe;
  std::set<std::string> keys;
  const auto differs = [&](const Network& of, const IconSubject& what, const Recipe& how) {
    const std::string key = icon_key(of, what, how);
    CHECK(is_icon_key(key));
    CHECK(keys.insert(key).second);
  };
  differs(network, subject, recipe);
  differs({network.hash, "unit,64x64"}, subject, recipe);
  differs({"1123456789abcdef0123456789abcdef", ""}, subject, recipe);
  for (const IconObjective& objective :
       {IconObjective(Channel{4}), IconObjective(CentreNeuron{3}), IconObjective(ClassLogit{3}),
        IconObjective(Direction{{1, 0}, 0}), IconObjective(Direction{{0, 1}, 0}),
        IconObjective(Direction{{1}, 0}), IconObjective(Direction{{1, 0}, 1}),
        IconObjective(Caricature{1, 2, {1, 0}, 4}), IconObjective(Caricature{2, 1, {1, 0}, 4})})
    differs(network, {"blocks.5", objective, false}, recipe);
  differs(network, {"blocks.50", Channel{3}, false}, recipe);
  differs(network, {"blocks.5", Channel{3}, true}, recipe);
  Recipe other = recipe;
  other.seed = 1;
  differs(network, subject, other);
  other = recipe;
  other.style = Style::alpha;
  differs(network, subject, other);
}

TEST_CASE("a key is the same on every machine", "[featurevis]") {
  // Recorded: a change here makes every store start afresh.
  const Recipe recipe{1, Style::plain, 128, 256, 0.05f, 0, 1, 0, 0};
  CHECK(icon_key(network, {"blocks.5", Channel{3}, false}, recipe) == "2f9e9183f40b81bd39012b5a8e06c4c8");
}

TEST_CASE("what decides nothing is not in the key", "[featurevis]") {
  const Recipe recipe;
  CHECK(icon_key(network, {"a", Direction{{0.0f, 1}, 0}, false}, recipe) ==
        icon_key(network, {"a", Direction{{-0.0f, 1}, 0}, false}, recipe));
  CHECK(icon_key(network, {"a", ClassLogit{1}, false}, recipe) ==
        icon_key(network, {"b", ClassLogit{1}, false}, recipe));
}

TEST_CASE("a digest is told apart by subject and recipe, numbers that are none included", "[featurevis]") {
  const IconSubject none{"a", Direction{{NAN, 1}, 0}, false};
  CHECK(icon_digest(none, Recipe{}) == icon_digest(none, Recipe{}));
  CHECK(icon_digest(none, Recipe{}) != icon_digest({"a", Direction{{0, 1}, 0}, false}, Recipe{}));
}

TEST_CASE("subjects say what they are, and which of them packs hold", "[featurevis]") {
  CHECK(to_text(IconSubject{"a", Channel{17}, false}) == "channel 17");
  CHECK(to_text(IconSubject{"a", ClassLogit{2}, true}) == "−class 2");
  CHECK(channel_of({"a", Channel{17}, false}) == 17);
  CHECK_FALSE(channel_of({"a", Channel{17}, true}));
  CHECK_FALSE(channel_of({"a", CentreNeuron{17}, false}));
}

}  // namespace tessera::test::icon_key_test
