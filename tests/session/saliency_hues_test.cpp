// Saliency in a few hues: against the recorded ones, and by its properties.
#include <algorithm>
#include <cmath>
#include <memory>

#include "session/opening.h"
#include "support/catch.h"
#include "support/npz.h"
#include "tessera/base/error.h"
#include "tessera/session/attribution_queries.h"
#include "tessera/session/saliency_queries.h"

namespace tessera::test::saliency_hues_test {
namespace {

using session::SaliencyHues;

// Attributions as if all classes of a network with two classes and four positions had been asked for.
SaliencyHues::Source source(const std::string& layer, std::vector<float> classes_by_positions) {
  auto effects = std::make_shared<attribution::AllClasses>();
  effects->logits = {1, 2};
  effects->effects = {2, classes_by_positions.size() / 2, std::move(classes_by_positions)};
  return {layer, layer, effects};
}

double cosine(const std::vector<float>& one, const std::vector<float>& other) {
  REQUIRE(one.size() == other.size());
  double inner = 0, first = 0, second = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    inner += double(one[i]) * other[i];
    first += double(one[i]) * one[i];
    second += double(other[i]) * other[i];
  }
  return inner / std::sqrt(first * second);
}

std::vector<float> map_of(const std::vector<float>& maps, int factor) {
  std::vector<float> map;
  for (std::size_t i = std::size_t(factor); i < maps.size(); i += 2) map.push_back(maps[i]);
  return map;
}

// Of a factor, class by class.
std::vector<float> weights_of(const session::SaliencyFactors& found, int factor) {
  std::vector<float> weights(found.classes.size());
  for (std::size_t i = 0; i < weights.size(); ++i)
    weights[std::size_t(found.classes[i])] = found.weights[std::size_t(factor) * weights.size() + i];
  return weights;
}

std::vector<float> row_of(const std::vector<float>& values, int row, int columns) {
  return {values.begin() + row * columns, values.begin() + (row + 1) * columns};
}

}  // namespace

TEST_CASE("the hues of a photograph are the recorded ones, on the last layer and on an earlier one",
          "[session]") {
  const auto picture = reference("efficientnet_lite0/chelsea.png");
  const auto arrays = load_npz(reference("efficientnet_lite0/chelsea.npz"));
  Opened opened;
  SaliencyHues query;
  query.factors = 2;
  for (const char* layer : {"blocks.10", "blocks.15"}) {
    session::AttributeAllClasses sweep{
        {session::stamp(bundled_model()), std::nullopt, model::DeviceChoice::cpu}, image_at(picture), {}};
    sweep.request.layer = layer;
    query.sources.push_back({layer, sweep.key(), opened.engine.wait(sweep)});
  }
  const auto found = opened.engine.wait(query);
  REQUIRE(found->factors == 2);
  REQUIRE(found->classes.size() == 1000);
  REQUIRE(found->projected_on == 50);
  const std::vector<float>& top50 = arrays.at("top50").values;
  for (int i = 0; i < found->projected_on; ++i)
    CHECK(std::find(top50.begin(), top50.end(), float(found->classes[std::size_t(i)])) != top50.end());

  CHECK(found->layers[1].missed <= 1.005f * arrays.at("factor_err/2").values[0]);
  for (int factor = 0; factor < 2; ++factor) {
    const std::vector<float> weights = weights_of(*found, factor);
    const auto likeness = [&](int recorded) {
      return cosine(weights, row_of(arrays.at("factor_H/2").values, recorded, 1000));
    };
    const int same = likeness(0) > likeness(1) ? 0 : 1;
    CHECK(likeness(same) > 0.98);
    CHECK(cosine(map_of(found->layers[1].maps, factor), map_of(arrays.at("factor_W/2").values, same)) > 0.98);
    CHECK(cosine(map_of(found->layers[0].maps, factor),
                 map_of(arrays.at("factor_transform/_blocks.10/2").values, same)) > 0.97);
  }
}

TEST_CASE("positions that speak for different classes get different factors", "[session]") {
  SaliencyHues query;
  query.factors = 2;
  // Of the last layer, the first two positions speak for class 0, the others for class 1; what opposes does
  // not count.
  query.sources = {source("first", {0, 3, 5, -1}), source("last", {2, 2, -4, 0, 0, -1, 3, 3})};
  const session::SaliencyFactors found = session::saliency_hues(query);
  REQUIRE(found.factors == 2);
  CHECK(found.classes == std::vector<int>{1, 0});
  REQUIRE(found.layers.size() == 2);
  const session::SaliencyLayer& last = found.layers[1];
  CHECK(last.missed == Approx(0).margin(1e-3));
  const auto strongest = [&](const session::SaliencyLayer& layer, std::size_t position) {
    return layer.maps[position * 2] > layer.maps[position * 2 + 1] ? 0 : 1;
  };
  CHECK(strongest(last, 0) == strongest(last, 1));
  CHECK(strongest(last, 2) == strongest(last, 3));
  CHECK(strongest(last, 0) != strongest(last, 2));
  // The earlier layer is expressed on those factors: its second position speaks for class 0, the first for 1.
  const session::SaliencyLayer& first = found.layers[0];
  CHECK(strongest(first, 1) == strongest(last, 0));
  CHECK(strongest(first, 0) == strongest(last, 2));
}

TEST_CASE("an earlier layer's sweep to the likeliest classes makes the same hues as one to all",
          "[session]") {
  SaliencyHues query;
  query.factors = 2;
  query.classes = 1;
  query.sources = {source("first", {0, 3, 5, -1}), source("last", {2, 2, -4, 0, 0, -1, 3, 3})};
  const session::SaliencyFactors all = session::saliency_hues(query);
  auto likeliest = std::make_shared<attribution::AllClasses>(*query.sources[0].effects);
  likeliest->classes = {1};
  likeliest->effects = {1, 2, {5, -1}};
  query.sources[0].effects = likeliest;
  CHECK(session::saliency_hues(query).layers[0].maps == all.layers[0].maps);
  likeliest->classes = {2};
  CHECK_THROWS_WITH(session::saliency_hues(query), Catch::Matchers::Contains("class 2"));
}

TEST_CASE("the last layer's factors are made of all classes, the others' of the likeliest", "[session]") {
  SaliencyHues query;
  query.factors = 1;
  query.classes = 1;
  // Class 0 is the less likely one: the last layer supports it alone, the first both.
  query.sources = {source("first", {1, 0, 0, 1}), source("last", {2, 4, 0, 0})};
  const session::SaliencyFactors found = session::saliency_hues(query);
  CHECK(found.projected_on == 1);
  REQUIRE(found.weights.size() == 2);
  CHECK(found.weights[1] == Approx(1));  // class 0, the second by logit
  CHECK(found.layers[1].maps[1] == Approx(4).epsilon(1e-3));
  CHECK(found.layers[1].missed == Approx(0).margin(1e-3));
  // On the likeliest class alone the factor has no weight: nothing of the first layer can be said with it.
  CHECK(found.layers[0].maps == std::vector<float>{0, 0});
  CHECK(found.layers[0].missed == Approx(1));
}

TEST_CASE("saliency of nothing is refused", "[session]") {
  SaliencyHues query;
  CHECK_THROWS_AS(session::saliency_hues(query), Error);
  query.sources = {source("last", {})};
  CHECK_THROWS_AS(session::saliency_hues(query), Error);
  query.sources = {source("last", {1, 2})};
  query.factors = 0;
  CHECK_THROWS_AS(session::saliency_hues(query), Error);
}

}  // namespace tessera::test::saliency_hues_test
