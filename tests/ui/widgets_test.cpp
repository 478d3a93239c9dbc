#include "support/catch.h"
#include "ui/panels/layer_section.h"
#include "ui/panels/position_facts.h"
#include "ui/views/contact_sheet.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/text.h"

#include <cmath>

namespace tessera::test::widgets_test {

using namespace tessera;
using namespace tessera::ui;

TEST_CASE("numbers are short and keep their sign", "[ui]") {
  CHECK(number(0.48213) == "0.482");
  CHECK(number(12.345) == "12.3");
  CHECK(number(0) == "0");
  CHECK(number(-3.5) == "−3.5");
  CHECK(number(12345) == "12345");
  CHECK(number(1.5e-7) == "1.5e-07");
  CHECK(number(std::nan("")) == "not a number");
  CHECK(number(-INFINITY) == "−∞");
}

TEST_CASE("a small probability is never shown as none", "[ui]") {
  CHECK(percent(0.1234) == "12.3 %");
  CHECK(percent(1.0) == "100 %");
  CHECK(percent(0.0001) == "< 0.1 %");
  CHECK(percent(0) == "0 %");
}

TEST_CASE("a point on the image falls into the cell that is drawn there", "[ui]") {
  const Rect image{{10, 20}, {110, 220}};
  CHECK(cell_at(image, 4, 2, {11, 21}) == Position{0, 0});
  CHECK(cell_at(image, 4, 2, {109, 219}) == Position{3, 1});
  CHECK_FALSE(cell_at(image, 4, 2, {9, 21}));
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 2; ++x)
      CHECK(cell_at(image, 4, 2, cell_rect(image, 4, 2, {y, x}).center()) == Position{y, x});
}

TEST_CASE("the strongest channels come first, ties by index, nothing that is not a number", "[ui]") {
  const std::vector<float> vector{1, 5, std::nanf(""), 5, -2};
  CHECK(strongest_channels(vector, 3) == std::vector<int>{1, 3, 0});
  CHECK(strongest_channels(vector, 99).back() == 2);
}

TEST_CASE("a layer with negative values gets the diverging scale, symmetric about zero", "[ui]") {
  auto cube = std::make_shared<Cube>(1, 2, 2);
  cube->values = {-1, 3, 2, 0.5f};
  const auto activations = session::summarize(cube);
  const auto shared = activation_scale(activations, {}, render::Ground::light);
  CHECK(shared.map == render::ColorMap::diverging);
  CHECK(shared.low == -3);
  CHECK(shared.high == 3);
  SheetOptions own;
  own.scale = ScaleMode::per_channel;
  const auto channel = activation_scale(activations, own, render::Ground::light, 0);
  CHECK(channel.high == 2);
  CHECK(channel.low == -2);
}

TEST_CASE("a layer without negative values gets the sequential scale from zero", "[ui]") {
  auto cube = std::make_shared<Cube>(1, 2, 1);
  cube->values = {0.5f, 3};
  const auto scale = activation_scale(session::summarize(cube), {}, render::Ground::dark);
  CHECK(scale.map == render::ColorMap::sequential);
  CHECK(scale.low == 0);
  CHECK(scale.high == 3);
  auto nothing = std::make_shared<Cube>(1, 1, 1);
  const auto flat = activation_scale(session::summarize(nothing), {}, render::Ground::dark);
  CHECK(flat.high > flat.low);
}

TEST_CASE("rank and channel undo each other in both orders", "[ui]") {
  auto cube = std::make_shared<Cube>(1, 1, 4);
  cube->values = {2, 9, 4, 7};
  const auto activations = session::summarize(cube);
  for (const ChannelSort sort : {ChannelSort::mean, ChannelSort::spread, ChannelSort::index}) {
    SheetOptions options;
    options.sort = sort;
    for (int rank = 0; rank < 4; ++rank)
      CHECK(rank_of_channel(activations, options, channel_at_rank(activations, options, rank)) == rank);
  }
  SheetOptions by_mean;
  by_mean.sort = ChannelSort::mean;
  CHECK(channel_at_rank(activations, by_mean, 0) == 1);
}

TEST_CASE("the filter finds names and aliases, ignoring case", "[ui]") {
  model::ModelCard card;
  card.layers.resize(2);
  card.layers[0].name = "blocks.7";
  card.layers[1].name = "head";
  card.layers[1].aliases = {"Head.ReLU"};
  CHECK(filtered_layers(card, "").size() == 2);
  REQUIRE(filtered_layers(card, "relu").size() == 1);
  CHECK(filtered_layers(card, "relu")[0]->name == "head");
  CHECK(filtered_layers(card, "nothing").empty());
  card.layers[0].name = "Größe";
  REQUIRE(filtered_layers(card, "GRÖSS").size() == 1);
  CHECK(filtered_layers(card, "GRÖSS")[0]->name == "Größe");
}

}  // namespace tessera::test::widgets_test
