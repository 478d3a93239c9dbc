#include "tessera/featurevis/recipe.h"

#include <cmath>

#include "support/catch.h"
#include "tessera/base/error.h"
#include "tessera/featurevis/icon.h"

namespace tessera::test::recipe_test {

using namespace tessera;
using namespace tessera::featurevis;

TEST_CASE("a recipe is read back as it was written", "[featurevis]") {
  Recipe recipe;
  CHECK(recipe_from_json(to_json(recipe)) == recipe);
  recipe = {3, Style::alpha, 112, 384, 0.1f, 0.333333f, 4, 2, 18446744073709551615u};
  CHECK(recipe_from_json(to_json(recipe)) == recipe);
  CHECK(recipe_from_json(to_json(standard_recipe())) == standard_recipe());
}

TEST_CASE("recipes that are not as documented are refused", "[featurevis]") {
  const std::string good = to_json(Recipe{});
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const auto place = text.find(from);
    REQUIRE(place != std::string::npos);
    return text.replace(place, from.size(), to);
  };
  CHECK_THROWS_AS(recipe_from_json(""), Error);
  CHECK_THROWS_AS(recipe_from_json("[]"), Error);
  CHECK_THROWS_AS(recipe_from_json(with("\"steps\":256,", "")), Error);
  CHECK_THROWS_AS(recipe_from_json(with("\"steps\":256", "\"steps\":256,\"more\":1")), Error);
  CHECK_THROWS_AS(recipe_from_json(with("\"steps\":256", "\"steps\":256,\"steps\":256")), Error);
  CHECK_THROWS_AS(recipe_from_json(with("plain", "pretty")), Error);
  CHECK_THROWS_AS(recipe_from_json(with("\"steps\":256", "\"steps\":0")), Error);
  CHECK_THROWS_AS(recipe_from_json(with("\"steps\":256", "\"steps\":2.5")), Error);
  CHECK_THROWS_AS(recipe_from_json(with("\"size\":128", "\"size\":100000")), Error);
  CHECK_THROWS_AS(recipe_from_json(with("\"seed\":0", "\"seed\":-1")), Error);
}

TEST_CASE("a recipe out of range is refused", "[featurevis]") {
  const auto refused = [](auto change) {
    Recipe recipe;
    change(recipe);
    try {
      check(recipe);
      return false;
    } catch (const Error&) {
      return true;
    }
  };
  CHECK_FALSE(refused([](Recipe&) {}));
  CHECK(refused([](Recipe& recipe) { recipe.size = 15; }));
  CHECK(refused([](Recipe& recipe) { recipe.steps = 4097; }));
  CHECK(refused([](Recipe& recipe) { recipe.learning_rate = 0; }));
  CHECK(refused([](Recipe& recipe) { recipe.learning_rate = NAN; }));
  CHECK(refused([](Recipe& recipe) { recipe.restraint = -1; }));
  CHECK(refused([](Recipe& recipe) { recipe.restraint = INFINITY; }));
  CHECK(refused([](Recipe& recipe) { recipe.diversity = 17; }));
  CHECK(refused([](Recipe& recipe) { recipe.variation = 1; }));
  CHECK_FALSE(refused([](Recipe& recipe) { recipe.diversity = 2, recipe.variation = 1; }));
}

TEST_CASE("styles and failures have names", "[featurevis]") {
  for (const Style style : {Style::plain, Style::alpha}) CHECK(style_from_text(to_text(style)) == style);
  for (const Failure failure : {Failure::none, Failure::grey, Failure::saturated, Failure::weak})
    CHECK(failure_from_text(to_text(failure)) == failure);
  CHECK_THROWS_AS(style_from_text("Plain"), Error);
  CHECK_THROWS_AS(failure_from_text(""), Error);
}

}  // namespace tessera::test::recipe_test
