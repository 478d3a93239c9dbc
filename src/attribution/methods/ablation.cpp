// What happens without an atom: the ground truth that the other methods estimate.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "attribution/methods/ablate.h"
#include "attribution/methods/along.h"
#include "attribution/methods/method.h"

namespace tessera::attribution {
namespace {

constexpr std::size_t most_neurons = 100;

Cube without(const Cube& cube, const Cube& start, const Atoms& atoms, std::size_t i, Baseline baseline) {
  const Cube taken = part(cube, atoms, i);
  // A group's cube does not depend on the layer's.
  const Cube put =
      std::holds_alternative<GroupCubes>(atoms) ? baseline_of(taken, baseline) : part(start, atoms, i);
  Cube result = cube;
  for (std::size_t k = 0; k < result.values.size(); ++k) result.values[k] += put.values[k] - taken.values[k];
  return result;
}

Attribution run_ablation(const MethodRun& run) {
  const AttributionRequest& request = run.request;
  const std::array layers{request.layer};
  // Also says whether the layer reaches the objective at all.
  Pullback pullback = run.sweeps.pullback(run.picture, request.objective, layers, request.rules, run.control);
  const LayerGradient& layer = pullback.layers.at(0);
  Attribution result;
  result.activations = layer.activations;
  result.influences = layer.influences;
  result.ablated = request.ablated
                       ? *request.ablated
                       : largest_neurons(product(*layer.activations, *layer.gradient), most_neurons);
  result.falls = ablate(run.sweeps, run.picture, request.layer, result.ablated, request.objective,
                        request.baseline, run.control);
  result.note = std::move(pullback.note);
  result.note.remarks.push_back(
      request.ablated ? "The network was run once without each atom; gradients had no part in it"
                      : "The network was run once without each of the neurons with the largest "
                        "linear attribution; others were not tried");
  return result;
}

}  // namespace

std::vector<float> ablate(Sweeps& sweeps, const Image& picture, const std::string& layer, const Atoms& atoms,
                          const Objective& objective, Baseline baseline, const Control& control) {
  const std::shared_ptr<const Cube> cube = sweeps.activations(picture, layer);
  check(atoms, cube->height, cube->width, cube->channels, layer);
  const Cube start = baseline_of(*cube, baseline);
  const float whole = sweeps.values_at(picture, layer, std::span(cube.get(), 1), objective).at(0);
  const std::size_t atom_count = count(atoms, cube->height, cube->width, cube->channels);
  const std::size_t bytes = std::max<std::size_t>(1, cube->values.size() * sizeof(float));
  const std::size_t together = std::clamp<std::size_t>(control.memory_budget / (4 * bytes), 1, 64);
  std::vector<float> falls;
  for (std::size_t begin = 0; begin < atom_count; begin += together) {
    control.throw_if_cancelled();
    const std::size_t end = std::min(atom_count, begin + together);
    std::vector<Cube> cubes;
    for (std::size_t i = begin; i < end; ++i) cubes.push_back(without(*cube, start, atoms, i, baseline));
    const Control chunk = part_of(control, float(begin) / float(atom_count), float(end) / float(atom_count));
    for (const float value : sweeps.values_at(picture, layer, cubes, objective, chunk))
      falls.push_back(whole - value);
    control.report(float(end) / float(atom_count), "ablation");
  }
  return falls;
}

ChosenNeurons largest_neurons(const Cube& cube, std::size_t most) {
  std::vector<std::size_t> order(cube.values.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  const std::size_t kept = std::min(most, order.size());
  std::partial_sort(order.begin(), order.begin() + std::ptrdiff_t(kept), order.end(),
                    [&](std::size_t a, std::size_t b) {
                      const float first = std::abs(cube.values[a]), second = std::abs(cube.values[b]);
                      return first != second ? first > second : a < b;
                    });
  ChosenNeurons neurons;
  const auto channels = std::size_t(cube.channels), width = std::size_t(cube.width);
  for (std::size_t i = 0; i < kept; ++i) {
    const std::size_t position = order[i] / channels;
    neurons.list.push_back({int(position / width), int(position % width), int(order[i] % channels)});
  }
  return neurons;
}

const Method ablation_method{"ablation", "the fall of the objective without an atom", run_ablation};

}  // namespace tessera::attribution
