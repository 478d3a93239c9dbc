#include "tessera/factorization/objective.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "factorization/planted.h"
#include "support/catch.h"
#include "tessera/base/error.h"
#include "tessera/factorization/projection.h"

namespace tessera::test::objective_test {

using namespace tessera;
using namespace tessera::factorization;
using test::Approx;

namespace {

struct Layer {
  Matrix activations = test::random_matrix(40, 25, 1);
  Matrix gradients = test::random_matrix(40, 25, 2, -1);
  Matrix attributions = test::random_matrix(40, 25, 3, -3);

  LayerValues values() const { return {activations, gradients, attributions}; }
};

Request with_k(int k) {
  Request request;
  request.k = k;
  return request;
}

}  // namespace

TEST_CASE(
    "a blend has its blocks side by side, of unit norm times their weights, magnitudes of the signed ones",
    "[factorization]") {
  const Layer layer;
  const Matrix blend = blended(layer.values(), {2, 1, 0.5});
  REQUIRE(blend.rows == 40);
  REQUIRE(blend.columns == 75);
  const double a = norm(layer.activations), g = norm(layer.gradients), t = norm(layer.attributions);
  for (int p = 0; p < 40; ++p)
    for (int c = 0; c < 25; ++c) {
      CHECK(blend.at(p, c) == Approx(2 * layer.activations.at(p, c) / a));
      CHECK(blend.at(p, 25 + c) == Approx(std::abs(layer.gradients.at(p, c)) / g));
      CHECK(blend.at(p, 50 + c) == Approx(0.5 * std::abs(layer.attributions.at(p, c)) / t));
    }
  CHECK(blended({layer.activations, {}, layer.attributions}, {0, 0, 1}).columns == 25);
  CHECK(norm(blended({layer.activations, Matrix(40, 25), {}}, {0, 1, 0})) == 0);
}

TEST_CASE("activations alone are factorized as they are", "[factorization]") {
  const Layer layer;
  const Factorization found = factorize_for({3, 0, 0}, {layer.activations, {}, {}}, with_k(4));
  const Factorization plain = factorize(layer.activations, with_k(4));
  CHECK(found.maps == plain.maps);
  CHECK(found.directions == plain.directions);
}

TEST_CASE("the maps of a blend are kept and the directions solved on the activations", "[factorization]") {
  const Layer layer;
  const Objective objective = GENERATE(Objective{0, 1, 0}, Objective{0, 0, 1}, Objective{1, 1, 1});
  const Factorization on_blend = factorize(blended(layer.values(), objective), with_k(4));
  const Factorization found = factorize_for(objective, layer.values(), with_k(4));

  // The same maps up to the length that directions have in the layer's units.
  const Matrix solved = directions_for_maps(layer.activations, on_blend.maps, true);
  const Factorization expected = test::as_factorization(on_blend.maps, solved);
  CHECK(test::least_matched_cosine(found, expected) > 0.99999);
  CHECK(found.residual ==
        Approx(test::relative_difference(test::product(on_blend.maps, solved), layer.activations))
            .epsilon(1e-4));
  CHECK(found.norm == Approx(norm(layer.activations)));
  for (const float value : found.directions.values) CHECK(value >= 0);
  CHECK(std::accumulate(found.explained.begin(), found.explained.end(), 0.0) ==
        Approx(1 - found.residual * found.residual).epsilon(1e-4));
  // Groups about something else cannot explain the activations better than their own, up to the search's
  // tolerance.
  CHECK(found.residual >= factorize(layer.activations, with_k(4)).residual * 0.99);
}

TEST_CASE("signed methods get signed directions for the maps of a blend", "[factorization]") {
  Layer layer;
  layer.activations = test::random_matrix(40, 25, 4, -1);
  Request request = with_k(3);
  request.method = Method::semi_nmf;
  const Factorization found = factorize_for({0, 1, 0}, layer.values(), request);
  CHECK(*std::min_element(found.directions.values.begin(), found.directions.values.end()) < 0);
  CHECK(std::accumulate(found.explained.begin(), found.explained.end(), 0.0) ==
        Approx(1 - found.residual * found.residual).epsilon(1e-3));
  request.method = Method::pca;
  const Factorization components = factorize_for({1, 1, 0}, layer.values(), request);
  CHECK(components.atoms() == 4);
  CHECK(components.mean_atom == -1);
  request.method = Method::channels;
  CHECK(factorize_for({0, 1, 0}, layer.values(), request).atoms() == 25);
}

TEST_CASE("the units of the blocks do not matter to a blend", "[factorization]") {
  Layer layer, scaled;
  for (float& value : scaled.gradients.values) value *= 0x1p40f;
  for (float& value : scaled.attributions.values) value *= 0x1p-40f;
  const Factorization one = factorize_for({1, 1, 1}, layer.values(), with_k(3));
  const Factorization other = factorize_for({1, 1, 1}, scaled.values(), with_k(3));
  CHECK(test::relative_difference(one.maps, other.maps) < 3e-3);
  CHECK(test::relative_difference(one.directions, other.directions) < 3e-3);
}

TEST_CASE("negative activations take part in a blend where they are clipped, else are refused",
          "[factorization]") {
  Layer layer;
  layer.activations = test::random_matrix(40, 25, 5, -1);
  Request request = with_k(3);
  CHECK_THROWS_AS(factorize_for({1, 1, 0}, layer.values(), request), Error);
  request.clip_negative = true;
  const Factorization found = factorize_for({1, 1, 0}, layer.values(), request);
  CHECK(found.norm == Approx(norm(positive_part(layer.activations))));
}

TEST_CASE("objectives that make no sense are refused", "[factorization]") {
  const Layer layer;
  const float bad = std::nanf("");
  for (const Objective objective : {Objective{0, 0, 0}, Objective{1, -1, 0}, Objective{bad, 0, 0}})
    CHECK_THROWS_AS(factorize_for(objective, layer.values(), with_k(2)), Error);
  CHECK_THROWS_AS(factorize_for({1, 1, 0}, {layer.activations, {}, {}}, with_k(2)), Error);
  CHECK_THROWS_AS(factorize_for({0, 0, 1}, {layer.activations, {}, Matrix(40, 24)}, with_k(2)), Error);
  Matrix spoiled = layer.gradients;
  spoiled.at(2, 2) = bad;
  CHECK_THROWS_AS(factorize_for({0, 1, 0}, {layer.activations, spoiled, {}}, with_k(2)), Error);
}

TEST_CASE("objectives are read as they are written", "[factorization]") {
  for (const Objective objective :
       {Objective{1, 0, 0}, Objective{0, 1, 0}, Objective{0, 0, 1}, Objective{1, 0.1, 2}, Objective{2, 0, 0}})
    CHECK(objective_from_text(to_text(objective)) == objective);
  CHECK(to_text({1, 0, 0}) == "activations");
  CHECK(to_text({1, 0.5, 2}) == "blend:1,0.5,2");
  for (const char* wrong :
       {"", "activation", "blend", "blend:", "blend:1,2", "blend:1,2,3,4", "blend:1,,3", "blend:1,-2,3",
        "blend:nan,0,1", "blend:inf,0,1", "blend:0,0,0", "blend:1,2,3 ", "blend:1;2;3", "blend:1e999,0,0"}) {
    INFO(wrong);
    CHECK_THROWS_AS(objective_from_text(wrong), Error);
  }
}

}  // namespace tessera::test::objective_test
