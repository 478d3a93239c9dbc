#include "tessera/factorization/objective.h"

#include <cmath>

#include "factorization/eigen.h"
#include "factorization/finish.h"
#include "tessera/base/error.h"
#include "tessera/factorization/projection.h"

namespace tessera::factorization {
namespace {

void require_weights(const Objective& objective) {
  for (const double weight : {objective.activations, objective.gradients, objective.attributions})
    if (!(weight >= 0) || !std::isfinite(weight))
      throw Error("a weight of the objective is negative or not a number");
  if (objective.activations + objective.gradients + objective.attributions == 0)
    throw Error("all weights of the objective are zero", "", "Give at least one block a weight");
}

Matrix block(MatrixView values, MatrixView like, double weight, const char* what) {
  require_finite(values, what);
  if (values.rows != like.rows || values.columns != like.columns)
    throw Error(std::string("the ") + what + " have another shape than the activations");
  const double size = norm(values);
  Matrix scaled(values.rows, values.columns);
  if (size > 0) map(scaled) = (map(values).cast<double>() * (weight / size)).cast<float>();
  return scaled;
}

}  // namespace

Matrix blended(const LayerValues& values, const Objective& objective) {
  require_weights(objective);
  std::vector<Matrix> blocks;
  const MatrixView& a = values.activations;
  if (objective.activations > 0) blocks.push_back(block(a, a, objective.activations, "activations"));
  const auto add_magnitudes = [&](MatrixView part, double weight, const char* what) {
    if (weight == 0) return;
    blocks.push_back(block(part, a, weight, what));
    map(blocks.back()) = map(blocks.back()).cwiseAbs().eval();
  };
  add_magnitudes(values.gradients, objective.gradients, "gradients");
  add_magnitudes(values.attributions, objective.attributions, "attributions");
  return beside(blocks);
}

Factorization factorize_for(const Objective& objective, const LayerValues& values, const Request& request,
                            const Watch& watch) {
  if (request.method == Method::channels || request.method == Method::positions ||
      objective.only_activations()) {
    require_weights(objective);
    return factorize(values.activations, request, watch);
  }
  Request on_blend = request;
  on_blend.previous = nullptr;  // its directions are those of the activations alone
  return on_activations(factorize(blended(values, objective), on_blend, watch), values.activations, request);
}

Factorization on_activations(const Factorization& found, MatrixView activations, const Request& request) {
  Factorization result = found;
  const bool non_negative = request.method == Method::nmf;
  Matrix clipped;
  MatrixView target = activations;
  if (request.clip_negative) {
    clipped = positive_part(target);
    target = clipped;
  }
  result.directions = directions_for_maps(target, found.maps, non_negative);
  result.mean_atom = -1;  // least squares may turn the constant map's direction away from the mean
  finish(result, target);
  return by_explained(result);
}

}  // namespace tessera::factorization
