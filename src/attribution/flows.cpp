#include "tessera/attribution/flows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "attribution/methods/along.h"
#include "tessera/attribution/method.h"
#include "tessera/base/error.h"

namespace tessera::attribution {
namespace {

LayerGradient gradient_at_later(Sweeps& sweeps, const Image& picture, const FlowRequest& request,
                                const Control& control, MethodNote& note) {
  if (request.steps > 0)
    return path_gradient(sweeps, picture, request.later, *request.towards, request.rules, Baseline::zero,
                         request.steps, control, note);
  const std::array layers{request.later};
  Pullback pullback = sweeps.pullback(picture, *request.towards, layers, request.rules, control);
  merge(note, pullback.note);
  return pullback.layers.at(0);
}

GroupShares shares_of(Sweeps& sweeps, const Image& picture, const std::string& layer,
                      const std::vector<Group>& groups, bool residual) {
  GroupShares shares{groups, {}};
  if (residual) shares.rest = rest_of(*sweeps.activations(picture, layer), groups);
  return shares;
}

GroupFlows class_free(Sweeps& sweeps, const Image& picture, const FlowRequest& request,
                      const Control& control) {
  Source source{request.earlier, GroupCubes{request.earlier_groups, request.residual}, nullptr, {}};
  set_path(sweeps, picture, source, Baseline::zero, request.steps);
  const std::array targets{Target{request.later, GroupCubes{request.later_groups, false}, nullptr}};
  Sweep sweep = sweeps.effects(picture, source, targets, request.rules, control);
  GroupFlows result;
  result.flows = std::move(sweep.effects.at(0));
  result.note = std::move(sweep.note);
  return result;
}

GroupFlows conserving(Sweeps& sweeps, const Image& picture, const FlowRequest& request,
                      const Control& control) {
  GroupFlows result;
  const LayerGradient later =
      gradient_at_later(sweeps, picture, request, part_of(control, 0, 0.4f), result.note);
  const GroupShares split = shares_of(sweeps, picture, request.later, request.later_groups, request.residual);
  result.later = reduce(*later.activations, *later.gradient, split);

  Source source{request.earlier,
                shares_of(sweeps, picture, request.earlier, request.earlier_groups, request.residual),
                nullptr,
                {}};
  set_path(sweeps, picture, source, Baseline::zero, request.steps);
  const std::array targets{Target{request.later, split, later.gradient}};
  Sweep sweep = sweeps.effects(picture, source, targets, request.rules, part_of(control, 0.4f, 0.95f));
  result.flows = std::move(sweep.effects.at(0));
  merge(result.note, sweep.note);

  std::vector<float> entering(result.flows.targets);
  for (std::size_t i = 0; i < entering.size(); ++i)
    for (std::size_t j = 0; j < result.flows.atoms; ++j) entering[i] += result.flows.at(i, j);
  if (request.steps > 0) {
    const Cube zero = baseline_of(*sweeps.activations(picture, request.earlier), Baseline::zero);
    const Cube response = sweeps.response(picture, request.earlier, zero, request.later);
    result.bias = reduce(response, *later.gradient, split);
  } else {
    for (std::size_t i = 0; i < entering.size(); ++i) result.bias.push_back(result.later[i] - entering[i]);
  }
  for (std::size_t i = 0; i < entering.size(); ++i)
    result.gap = std::max(result.gap, std::abs(result.later[i] - result.bias[i] - entering[i]));

  const std::array ends{*later.activations, baseline_of(*later.activations, Baseline::zero)};
  const std::vector<float> values = sweeps.values_at(picture, request.later, ends, *request.towards);
  result.value = values[0];
  result.baseline_value = values[1];
  result.later_gap = result.value - result.baseline_value -
                     float(std::accumulate(result.later.begin(), result.later.end(), 0.0));
  return result;
}

}  // namespace

GroupFlows flows(Sweeps& sweeps, const Image& picture, const FlowRequest& request, const Control& control) {
  control.throw_if_cancelled();
  if (request.earlier_groups.empty() || request.later_groups.empty())
    throw Error("flows need groups at both layers", request.earlier + " and " + request.later,
                "Factorize both first");
  return request.towards ? conserving(sweeps, picture, request, control)
                         : class_free(sweeps, picture, request, control);
}

}  // namespace tessera::attribution
