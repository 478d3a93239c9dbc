#include "tessera/attribution/trust.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <type_traits>

#include "attribution/methods/ablate.h"
#include "attribution/methods/along.h"
#include "tessera/base/error.h"

namespace tessera::attribution {
namespace {

constexpr int most_atoms = 1000;

std::vector<std::size_t> largest(const std::vector<float>& values, std::size_t most) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return std::abs(values[a]) > std::abs(values[b]); });
  order.resize(std::min(most, order.size()));
  return order;
}

std::vector<float> chosen(const std::vector<float>& values, const std::vector<std::size_t>& indices) {
  std::vector<float> result;
  for (const std::size_t i : indices) result.push_back(values[i]);
  return result;
}

// Some of the atoms as a list of their own, so that only those have to be ablated. Nothing where groups are
// split among each other: there, an atom needs all the others.
std::optional<Atoms> pick(const Atoms& atoms, const std::vector<std::size_t>& indices, const Cube& cube) {
  const auto width = std::size_t(cube.width);
  if (std::holds_alternative<AllPositions>(atoms)) {
    ChosenPositions result;
    for (const std::size_t i : indices) result.list.push_back({int(i / width), int(i % width)});
    return result;
  }
  if (std::holds_alternative<AllChannels>(atoms)) {
    ChosenChannels result;
    for (const std::size_t i : indices) result.list.push_back(int(i));
    return result;
  }
  return std::visit(
      [&](const auto& list) -> std::optional<Atoms> {
        if constexpr (requires { list.list; }) {
          std::remove_cvref_t<decltype(list)> result;
          for (const std::size_t i : indices) result.list.push_back(list.list[i]);
          return result;
        }
        return {};
      },
      atoms);
}

float true_sum(const Cube& change, const Cube& gradient) { return reduce(change, gradient, Whole{}).at(0); }

}  // namespace

Trust assess_trust(Sweeps& sweeps, const Image& picture, const TrustRequest& request,
                   const Control& control) {
  if (request.most < 2 || request.most > most_atoms)
    throw Error("trust cannot be put in " + std::to_string(request.most) + " atoms", "trust",
                "Compare 2 to " + std::to_string(most_atoms));
  control.throw_if_cancelled();
  Trust trust;
  const std::array layers{request.layer};
  const Pullback pullback =
      sweeps.pullback(picture, request.objective, layers, request.rules, part_of(control, 0, 0.2f));
  merge(trust.note, pullback.note);
  const LayerGradient& linear = pullback.layers.at(0);
  const LayerGradient path =
      path_gradient(sweeps, picture, request.layer, request.objective, request.rules, request.baseline,
                    request.steps, part_of(control, 0.2f, 0.6f), trust.note);
  const Cube& cube = *linear.activations;
  check(request.atoms, cube.height, cube.width, cube.channels, request.layer);
  const Cube start = baseline_of(cube, request.baseline);
  const Cube change = difference(cube, start);
  trust.influences = linear.influences || path.influences;
  trust.linear_total = true_sum(change, *linear.gradient);
  trust.path_total = true_sum(change, *path.gradient);

  const std::vector<float> by_path = reduce(change, *path.gradient, request.atoms);
  trust.compared = largest(by_path, std::size_t(request.most));
  trust.path = chosen(by_path, trust.compared);
  trust.linear = chosen(reduce(change, *linear.gradient, request.atoms), trust.compared);
  const std::optional<Atoms> few = pick(request.atoms, trust.compared, cube);
  trust.ablation = ablate(sweeps, picture, request.layer, few ? *few : request.atoms, request.objective,
                          request.baseline, part_of(control, 0.6f, 1));
  if (!few) trust.ablation = chosen(trust.ablation, trust.compared);
  trust.linear_path = agreement(trust.linear, trust.path);
  trust.linear_ablation = agreement(trust.linear, trust.ablation);
  trust.path_ablation = agreement(trust.path, trust.ablation);

  const std::array ends{cube, start};
  const std::vector<float> values = sweeps.values_at(picture, request.layer, ends, request.objective);
  trust.value = values[0];
  trust.baseline_value = values[1];
  return trust;
}

}  // namespace tessera::attribution
