// Activation grids as views ask for them.
#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/fixture.h"
#include "session/grid_sketch.h"
#include "session/opening.h"
#include "support/catch.h"
#include "tessera/session/icon_queries.h"

namespace tessera::test::grid_test {
namespace {

using session::GridPicture;
using session::IconSheet;
using session::RenderGrid;

RenderGrid small_grid(int steps = 4) {
  RenderGrid wanted{tiny_model("tiny_resnet.pt"), small_image(), "layer1", {}};
  wanted.recipe.cell = 16;
  wanted.recipe.steps = steps;
  return wanted;
}

std::string failure_of(engine::Engine& engine, const RenderGrid& wanted) {
  try {
    engine.wait(wanted);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

// Two channels: a red icon and a blue one.
IconSheet red_and_blue(int side) {
  IconSheet sheet;
  sheet.side = side;
  sheet.columns = 2;
  sheet.icons.resize(2);
  Image picture(2 * side, side);
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < 2 * side; ++x) picture.pixel(x, y)[x < side ? 0 : 2] = 255;
  sheet.picture = std::make_shared<const Image>(std::move(picture));
  for (auto& icon : sheet.icons) icon = featurevis::IconQuality{};
  return sheet;
}

}  // namespace

TEST_CASE("fine layers are pooled, and coarse ones have larger cells", "[session]") {
  CHECK(session::grid_window(14, 14) == 1);
  CHECK(session::grid_window(28, 28) == 2);
  CHECK(session::grid_window(15, 3) == 2);
  CHECK(session::grid_window(1, 1) == 1);
  CHECK(session::standard_grid_recipe(14, 14).cell == 64);
  CHECK(session::standard_grid_recipe(28, 28).cell == 64);
  CHECK(session::standard_grid_recipe(7, 7).cell == 128);
  CHECK(session::standard_grid_recipe(1, 1).cell == 128);
}

TEST_CASE("a grid shows a sketch, then what it becomes", "[session]") {
  News news;
  session::Session session;
  const RenderGrid wanted = small_grid();
  std::vector<std::shared_ptr<const GridPicture>> seen;
  std::function<void()> look;
  engine::Engine engine({std::size_t(1) << 30, [&, told = news.listener()] {
                           if (look) look();
                           told();
                         }});
  session.serve(engine);
  look = [&] {
    const auto known = engine.peek(wanted).value;
    if (known && (seen.empty() || seen.back() != known)) seen.push_back(known);
  };
  const auto cube = engine.wait(session::Activations{wanted.model, wanted.image, wanted.layer})->cube;
  const auto grid = engine.wait(wanted);
  const int window = session::grid_window(cube->height, cube->width);
  CHECK(grid->window == window);
  CHECK(grid->rows == (cube->height + window - 1) / window);
  CHECK(grid->picture->width == grid->columns * 16);
  CHECK(grid->picture->height == grid->rows * 16);
  CHECK(grid->magnitudes.size() == std::size_t(grid->rows) * std::size_t(grid->columns));
  CHECK(grid->settled);
  CHECK_FALSE(grid->coarse);
  CHECK(grid->steps == 4);
  REQUIRE(seen.size() >= 2);
  CHECK(seen.front()->coarse);
  CHECK_FALSE(seen.front()->settled);
  CHECK(seen.front()->picture->width == grid->picture->width);
  CHECK(std::is_sorted(seen.begin(), seen.end(),
                       [](const auto& a, const auto& b) { return a->steps < b->steps; }));
}

TEST_CASE("a grid gives way to shorter work and is gone on with", "[session]") {
  News news;
  session::Session session;
  const RenderGrid wanted = small_grid(16);
  const session::Classify other{wanted.model, wanted.image};
  bool asked = false, came_first = false, went_back = false;
  int steps = 0;
  std::function<void()> look;
  engine::Engine engine({std::size_t(1) << 30, [&, told = news.listener()] {
                           if (look) look();
                           told();
                         }});
  session.serve(engine);
  look = [&] {
    const auto grid = engine.peek(wanted);
    if (!asked && grid.value && !grid.value->coarse) {
      asked = true;
      engine.ask(other);
    }
    if (engine.peek(other).ready() && !grid.ready()) came_first = true;
    if (grid.value) {
      went_back = went_back || grid.value->steps < steps;
      steps = grid.value->steps;
    }
  };
  news.await([&] { return engine.ask(wanted).ready(); });
  CHECK(came_first);
  CHECK_FALSE(went_back);
  CHECK(steps == 16);
}

TEST_CASE("grids that cannot be made say why", "[session]") {
  Opened opened;
  RenderGrid wanted = small_grid();
  wanted.layer = "no_such_layer";
  CHECK(failure_of(opened.engine, wanted).find("no_such_layer") != std::string::npos);
  wanted = small_grid();
  wanted.recipe.cell = 1000;
  CHECK_FALSE(failure_of(opened.engine, wanted).empty());
  wanted = small_grid();
  wanted.groups = 0;
  CHECK_FALSE(failure_of(opened.engine, wanted).empty());
  wanted = small_grid();
  wanted.image = image_at("/nowhere/cat.png");
  CHECK(failure_of(opened.engine, wanted).find("/nowhere/cat.png") != std::string::npos);
}

TEST_CASE("a sketch has the icon of the channel that says most, tinted by where the cell lies", "[session]") {
  Cube cells(1, 3, 2);
  cells.values = {5, 1, 1, 5, 0, 0};
  const Image sketch = session::sketch_grid(cells, red_and_blue(8), 16);
  REQUIRE(sketch.width == 48);
  REQUIRE(sketch.height == 16);
  CHECK(sketch.pixel(8, 8)[0] > sketch.pixel(8, 8)[2]);
  CHECK(sketch.pixel(24, 8)[2] > sketch.pixel(24, 8)[0]);
  // Nothing fires in the third: its tint alone, the same everywhere.
  CHECK(std::equal(sketch.pixel(33, 1), sketch.pixel(33, 1) + 3, sketch.pixel(47, 15)));

  // What a channel reaches on natural pictures counts.
  IconSheet sheet = red_and_blue(8);
  sheet.icons[0]->natural = 100;
  sheet.icons[1]->natural = 2;
  const Image weighed = session::sketch_grid(cells, sheet, 16);
  CHECK(weighed.pixel(8, 8)[2] > weighed.pixel(8, 8)[0]);

  // One cell, and no icons at all.
  CHECK(session::sketch_grid(Cube(1, 1, 2), {}, 16).width == 16);
}

}  // namespace tessera::test::grid_test
