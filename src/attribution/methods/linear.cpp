// (a - baseline) ⊙ ∂y/∂a at the picture; the article's, with a baseline of zero.
#include <array>

#include "attribution/methods/along.h"
#include "attribution/methods/method.h"

namespace tessera::attribution {
namespace {

Attribution run_linear(const MethodRun& run) {
  const std::array layers{run.request.layer};
  Pullback pullback =
      run.sweeps.pullback(run.picture, run.request.objective, layers, run.request.rules, run.control);
  const LayerGradient& layer = pullback.layers.at(0);
  Attribution result;
  result.activations = layer.activations;
  const Cube change = difference(*layer.activations, baseline_of(*layer.activations, run.request.baseline));
  result.values = std::make_shared<const Cube>(product(change, *layer.gradient));
  result.influences = layer.influences;
  result.note = std::move(pullback.note);
  return result;
}

}  // namespace

const Method linear_method{"linear", "activation × gradient at the picture", run_linear};

}  // namespace tessera::attribution
