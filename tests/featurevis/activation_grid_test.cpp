#include "tessera/featurevis/activation_grid.h"

#include <array>
#include <cstdlib>
#include <limits>

#include "model/fixtures.h"
#include "support/catch.h"
#include "support/paths.h"
#include "tessera/base/error.h"
#include "tessera/image/load.h"

namespace tessera::test::activation_grid_test {

using namespace tessera;
using namespace tessera::featurevis;

namespace {

struct Scene {
  std::shared_ptr<model::Model> model;
  Cube cells;
  Cube maps;
};

Scene scene() {
  Scene made;
  made.model =
      test::load_on_cpu(test::data("tiny/tiny_inception.pt"), model::preprocessing_from_text("size=64"));
  const model::Capture capture =
      made.model->capture(image::load(test::data("tiny/chelsea_64.png")), std::array{std::string("mixed4a")});
  made.cells = pooled(*capture.cubes.at("mixed4a"), 2);
  made.maps = Cube(made.cells.height, made.cells.width, 2);
  for (int row = 0; row < made.maps.height; ++row)
    for (int column = 0; column < made.maps.width; ++column) {
      made.maps.at(row, column, 0) = float(row);
      made.maps.at(row, column, 1) = float(column) * 3;
    }
  return made;
}

GridRecipe small_recipe(int steps) {
  GridRecipe recipe;
  recipe.cell = 32;
  recipe.steps = steps;
  return recipe;
}

std::vector<Image> pictures(const ActivationGrid& grid) {
  std::vector<Image> all;
  for (int row = 0; row < grid.rows(); ++row)
    for (int column = 0; column < grid.columns(); ++column) all.push_back(grid.cell(row, column));
  return all;
}

double total(const ActivationGrid& grid) {
  double sum = 0;
  for (int row = 0; row < grid.rows(); ++row)
    for (int column = 0; column < grid.columns(); ++column) sum += grid.objective(row, column);
  return sum;
}

}  // namespace

TEST_CASE("pooling takes means of windows, smaller ones at the edges", "[featurevis]") {
  Cube cube(3, 2, 1);
  cube.values = {1, 3, 5, 7, 9, 20};
  const Cube two = pooled(cube, 2);
  CHECK(two.height == 2);
  CHECK(two.width == 1);
  CHECK(two.values == std::vector<float>{4, 14.5f});
  CHECK(pooled(cube, 1).values == cube.values);
  CHECK_THROWS_AS(pooled(cube, 0), Error);
}

TEST_CASE("a grid's cells rise together, in as many goes as one likes", "[featurevis]") {
  const Scene of = scene();
  ActivationGrid grid(*of.model, "mixed4a", of.cells, of.maps, small_recipe(12));
  CHECK(grid.rows() == of.cells.height);
  CHECK(grid.columns() == of.cells.width);
  grid.advance(1);
  CHECK(grid.steps() == 1);
  const double before = total(grid);
  grid.advance(3);
  grid.advance(100);
  CHECK(grid.steps() == 12);
  CHECK(grid.finished());
  CHECK(total(grid) > before);
  CHECK(grid.cell(0, 0).width == 32);

  ActivationGrid again(*of.model, "mixed4a", of.cells, of.maps, small_recipe(12));
  again.advance(12);
  CHECK((pictures(grid) == pictures(again)));
  GridRecipe other = small_recipe(12);
  other.seed = 5;
  ActivationGrid different(*of.model, "mixed4a", of.cells, of.maps, other);
  different.advance(12);
  CHECK(!(pictures(grid) == pictures(different)));
}

TEST_CASE("a cell without activations stays grey, and a grid needs no groups", "[featurevis]") {
  Scene of = scene();
  for (int c = 0; c < of.cells.channels; ++c) of.cells.at(0, 0, c) = 0;
  ActivationGrid grid(*of.model, "mixed4a", of.cells, Cube(), small_recipe(10));
  grid.advance(10);
  const auto spread = [&](int row, int column) {
    const Image picture = grid.cell(row, column);
    const auto [least, most] = std::minmax_element(picture.rgb.begin(), picture.rgb.end());
    return *most - *least;
  };
  CHECK(spread(0, 0) < 40);
  CHECK(spread(1, 1) > spread(0, 0));
  CHECK(grid.objective(0, 0) == 0);
}

TEST_CASE("a stop leaves a grid to be gone on with", "[featurevis]") {
  const Scene of = scene();
  ActivationGrid grid(*of.model, "mixed4a", of.cells, of.maps, small_recipe(3));
  std::stop_source stop;
  stop.request_stop();
  grid.advance(3, stop.get_token());
  CHECK(grid.steps() == 0);
  grid.advance(3);
  CHECK(grid.finished());
}

TEST_CASE("grids that cannot be made are refused", "[featurevis]") {
  const Scene of = scene();
  const auto refused = [&](const std::string& layer, const Cube& cells, const Cube& maps,
                           const GridRecipe& recipe) {
    CHECK_THROWS_AS(ActivationGrid(*of.model, layer, cells, maps, recipe), Error);
  };
  const GridRecipe recipe = small_recipe(2);
  refused("mixed9", of.cells, of.maps, recipe);
  refused("mixed4a", Cube(2, 2, of.cells.channels + 1), Cube(), recipe);
  refused("mixed4a", Cube(0, 0, of.cells.channels), Cube(), recipe);
  refused("mixed4a", of.cells, Cube(1, 1, 2), recipe);
  Cube negative = of.maps;
  negative.values[1] = -1;
  refused("mixed4a", of.cells, negative, recipe);
  Cube broken = of.cells;
  broken.values[3] = std::numeric_limits<float>::quiet_NaN();
  refused("mixed4a", broken, of.maps, recipe);
  refused("mixed4a", of.cells, of.maps, small_recipe(0));
  ActivationGrid grid(*of.model, "mixed4a", of.cells, of.maps, recipe);
  CHECK_THROWS_AS(grid.cell(0, grid.columns()), Error);
}

}  // namespace tessera::test::activation_grid_test
