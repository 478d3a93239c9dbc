#include "tessera/featurevis/recipe.h"

#include <cmath>
#include <string>

#include "base/strict_json.h"
#include "tessera/base/error.h"

namespace tessera::featurevis {
namespace {

using strict_json::Fields;
using strict_json::Json;

strict_json::Subject what() { return {"the recipe of an icon", "See docs/icons.md for how it is written"}; }

void require(bool holds, const std::string& range) {
  if (!holds) throw Error("an icon cannot be made by this recipe: " + range, "", "Change it");
}

}  // namespace

Recipe standard_recipe() {
  Recipe recipe;
  recipe.style = Style::alpha;
  recipe.size = 96;
  return recipe;
}

std::string to_text(Style style) { return style == Style::alpha ? "alpha" : "plain"; }

Style style_from_text(std::string_view text) {
  for (const Style style : {Style::plain, Style::alpha})
    if (text == to_text(style)) return style;
  throw Error("there is no style '" + std::string(text) + "' of icons", "", "Choose plain or alpha");
}

std::string to_json(const Recipe& recipe) {
  // In double's shortest digits a float is read back as it was.
  return strict_json::dump({{"version", recipe.version},
                            {"style", to_text(recipe.style)},
                            {"size", recipe.size},
                            {"steps", recipe.steps},
                            {"learning_rate", double(recipe.learning_rate)},
                            {"restraint", double(recipe.restraint)},
                            {"diversity", recipe.diversity},
                            {"variation", recipe.variation},
                            {"seed", recipe.seed}});
}

Recipe recipe_from_json(std::string_view text) {
  const Json json = strict_json::parse(text, what());
  const Fields fields(json, what());
  fields.require(
      {"version", "style", "size", "steps", "learning_rate", "restraint", "diversity", "variation", "seed"});
  Recipe recipe;
  recipe.version = fields.index("version");
  recipe.style = style_from_text(fields.text("style"));
  recipe.size = fields.index("size");
  recipe.steps = fields.index("steps");
  recipe.learning_rate = fields.number("learning_rate");
  recipe.restraint = fields.number("restraint");
  recipe.diversity = fields.index("diversity");
  recipe.variation = fields.index("variation");
  if (!fields.at("seed").is_number_unsigned())
    fields.refuse("has a \"seed\" that is not a whole number from 0 up");
  recipe.seed = fields.at("seed").get<std::uint64_t>();
  check(recipe);
  return recipe;
}

void check(const Recipe& recipe) {
  require(recipe.version >= 1, "its version is from 1 up");
  require(recipe.size >= 16 && recipe.size <= 512, "its size is from 16 to 512 pixels");
  require(recipe.steps >= 1 && recipe.steps <= 4096, "its steps are from 1 to 4096");
  require(recipe.learning_rate > 0 && std::isfinite(recipe.learning_rate), "its learning rate is above 0");
  require(recipe.restraint >= 0 && std::isfinite(recipe.restraint), "its restraint is not below 0");
  require(recipe.diversity >= 1 && recipe.diversity <= 16, "its diversity is from 1 to 16");
  require(recipe.variation >= 0 && recipe.variation < recipe.diversity,
          "its variation is from 0 to below its diversity");
}

}  // namespace tessera::featurevis
