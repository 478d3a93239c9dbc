// Grad-CAM (Selvaraju et al. 2017): every channel weighted by its gradient's mean over positions. Kept signed
// and for each neuron; the usual map, without what is negative, is beside it.
#include <algorithm>
#include <array>

#include "attribution/methods/method.h"

namespace tessera::attribution {
namespace {

Attribution run_grad_cam(const MethodRun& run) {
  const std::array layers{run.request.layer};
  Pullback pullback =
      run.sweeps.pullback(run.picture, run.request.objective, layers, run.request.rules, run.control);
  const LayerGradient& layer = pullback.layers.at(0);
  Attribution result;
  result.activations = layer.activations;
  result.values =
      std::make_shared<const Cube>(product(*layer.activations, baseline_of(*layer.gradient, Baseline::mean)));
  result.influences = layer.influences;
  result.rectified = reduce(*result.values, AllPositions{});
  for (float& value : result.rectified) value = std::max(0.0f, value);
  result.note = std::move(pullback.note);
  return result;
}

}  // namespace

const Method grad_cam_method{"grad-cam", "channels weighted by their gradient's mean over positions",
                             run_grad_cam};

}  // namespace tessera::attribution
