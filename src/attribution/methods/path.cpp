// Integrated gradients at the layer (Sundararajan et al. 2017), by the midpoint rule.
#include "attribution/methods/along.h"
#include "attribution/methods/method.h"

namespace tessera::attribution {
namespace {

Attribution run_along_path(const MethodRun& run) {
  const AttributionRequest& request = run.request;
  Attribution result;
  const LayerGradient layer =
      path_gradient(run.sweeps, run.picture, request.layer, request.objective, request.rules,
                    request.baseline, request.steps, run.control, result.note);
  result.activations = layer.activations;
  const Cube change = difference(*layer.activations, baseline_of(*layer.activations, request.baseline));
  result.values = std::make_shared<const Cube>(product(change, *layer.gradient));
  result.influences = layer.influences;
  return result;
}

}  // namespace

const Method path_method{"path", "the gradient's mean along the way from the baseline", run_along_path};

}  // namespace tessera::attribution
