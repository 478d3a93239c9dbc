#include "tessera/attribution/flows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

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

Source source_of(Sweeps& sweeps, const Image& picture, const FlowRequest& request) {
  Source source{request.earlier, GroupCubes{request.earlier_groups, request.residual}, nullptr, {}};
  if (request.towards)
    source.atoms = shares_of(sweeps, picture, request.earlier, request.earlier_groups, request.residual);
  set_path(sweeps, picture, source, Baseline::zero, request.steps);
  return source;
}

double inner(const Cube& one, const Cube& other) {
  double sum = 0;
  for (std::size_t i = 0; i < one.values.size(); ++i) sum += double(one.values[i]) * other.values[i];
  return sum;
}

Effects effects_of(const std::vector<Cube>& tangents, const std::vector<Cube>& weights) {
  Effects effects{weights.size(), tangents.size(), {}};
  for (const Cube& weight : weights)
    for (const Cube& tangent : tangents) effects.values.push_back(float(inner(weight, tangent)));
  return effects;
}

// Each group at unit length.
std::vector<Cube> directions_of(const Cube& shape, const std::vector<Group>& groups) {
  std::vector<Cube> cubes = parts(shape, GroupCubes{groups, false});
  for (Cube& cube : cubes) {
    const double length = std::sqrt(inner(cube, cube));
    if (length > 0)
      for (float& value : cube.values) value = float(value / length);
  }
  return cubes;
}

Effects swept(Sweeps& sweeps, const Image& picture, const FlowRequest& request, Target target,
              const Control& control, MethodNote& note) {
  const std::array targets{std::move(target)};
  Sweep sweep = sweeps.effects(picture, source_of(sweeps, picture, request), targets, request.rules, control);
  merge(note, sweep.note);
  return std::move(sweep.effects.at(0));
}

GroupFlows class_free(Sweeps& sweeps, const Image& picture, const FlowRequest& request,
                      const PushedGroups& pushed, const Control& control) {
  GroupFlows result;
  if (pushed.tangents.empty()) {
    const Target target{request.later, GroupCubes{request.later_groups, false}, nullptr};
    result.flows = swept(sweeps, picture, request, target, control, result.note);
    return result;
  }
  const std::shared_ptr<const Cube> later = sweeps.activations(picture, request.later);
  result.flows = effects_of(pushed.tangents, directions_of(*later, request.later_groups));
  merge(result.note, pushed.note);
  return result;
}

GroupFlows conserving(Sweeps& sweeps, const Image& picture, const FlowRequest& request,
                      const PushedGroups& pushed, const Control& control) {
  GroupFlows result;
  const LayerGradient later =
      gradient_at_later(sweeps, picture, request, part_of(control, 0, 0.4f), result.note);
  const GroupShares split = shares_of(sweeps, picture, request.later, request.later_groups, request.residual);
  result.later = reduce(*later.activations, *later.gradient, split);
  if (pushed.tangents.empty()) {
    result.flows = swept(sweeps, picture, request, {request.later, split, later.gradient},
                         part_of(control, 0.4f, 0.95f), result.note);
  } else {
    result.flows = effects_of(pushed.tangents, parts(*later.gradient, split));
    merge(result.note, pushed.note);
  }

  std::vector<float> entering(result.flows.targets);
  for (std::size_t i = 0; i < entering.size(); ++i)
    for (std::size_t j = 0; j < result.flows.atoms; ++j) entering[i] += result.flows.at(i, j);
  if (request.steps > 0) {
    result.bias = reduce(pushed.response, *later.gradient, split);
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

void check_groups(const FlowRequest& request) {
  if (request.earlier_groups.empty() || request.later_groups.empty())
    throw Error("flows need groups at both layers", request.earlier + " and " + request.later,
                "Factorize both first");
}

}  // namespace

PushedGroups push_groups(Sweeps& sweeps, const Image& picture, const FlowRequest& request,
                         const Control& control) {
  control.throw_if_cancelled();
  check_groups(request);
  PushedGroups pushed;
  const std::size_t atoms = request.earlier_groups.size() + (request.residual ? 1 : 0);
  const std::size_t each = sweeps.activations(picture, request.later)->values.size() * sizeof(float);
  // Held here, and once more by the sweep.
  if (2 * atoms * each <= control.memory_budget) {
    std::optional<Pushed> found =
        sweeps.push(picture, source_of(sweeps, picture, request), request.later, request.rules, control);
    if (found) {
      pushed.tangents = std::move(found->tangents);
      pushed.note = std::move(found->note);
    }
  }
  if (request.towards && request.steps > 0) {
    const Cube zero = baseline_of(*sweeps.activations(picture, request.earlier), Baseline::zero);
    pushed.response = sweeps.response(picture, request.earlier, zero, request.later);
  }
  return pushed;
}

GroupFlows flows(Sweeps& sweeps, const Image& picture, const FlowRequest& request, const PushedGroups& pushed,
                 const Control& control) {
  control.throw_if_cancelled();
  check_groups(request);
  return request.towards ? conserving(sweeps, picture, request, pushed, control)
                         : class_free(sweeps, picture, request, pushed, control);
}

GroupFlows flows(Sweeps& sweeps, const Image& picture, const FlowRequest& request, const Control& control) {
  const PushedGroups pushed = push_groups(sweeps, picture, request, part_of(control, 0, 0.6f));
  return flows(sweeps, picture, request, pushed, part_of(control, 0.6f, 1));
}

}  // namespace tessera::attribution
