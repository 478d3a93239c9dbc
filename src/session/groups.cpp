#include "tessera/session/groups.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <span>
#include <utility>

#include "tessera/base/content_hash.h"
#include "tessera/base/error.h"

namespace tessera::session {
namespace {

using factorization::Factorization;
using factorization::Matrix;

constexpr int listed_channels = 10;

std::string fingerprint(const LayerGroups& groups) {
  ContentHash hash;
  const auto add = [&](const auto& values) { hash.add(std::as_bytes(std::span(values))); };
  add(groups.model.key() + '\n' + groups.image.key() + '\n' + groups.layer);
  add(groups.factorization.maps.values);
  add(groups.factorization.directions.values);
  add(groups.identities);
  return hash.text();
}

// Which of the previous groups each goes on with. Matching costs the cube of the groups' number, and there is
// nothing to continue in a trivial basis.
std::vector<factorization::Match> continued(const LayerGroups& groups, const LayerGroups* previous) {
  const Factorization& now = groups.factorization;
  std::vector<factorization::Match> none(std::size_t(now.atoms()));
  if (!previous || previous->layer != groups.layer || !(previous->model == groups.model)) return none;
  const Factorization& before = previous->factorization;
  constexpr int most = Factorization::most_atoms + 1;  // PCA has its mean
  if (before.channels() != now.channels() || before.atoms() > most || now.atoms() > most) return none;
  const bool same_picture = previous->image == groups.image && before.positions() == now.positions();
  return factorization::match(
      before, now, same_picture ? factorization::Likeness::groups : factorization::Likeness::directions);
}

std::shared_ptr<const Cube> cube_of(const LayerGroups& groups, int channels, std::vector<float> values) {
  Cube cube;
  cube.height = groups.height;
  cube.width = groups.width;
  cube.channels = channels;
  cube.values = std::move(values);
  return std::make_shared<const Cube>(std::move(cube));
}

std::vector<float> lengths_of_rows(const Matrix& matrix) {
  std::vector<float> lengths;
  for (int row = 0; row < matrix.rows; ++row) {
    double sum = 0;
    for (const float value : matrix.row(row)) sum += double(value) * value;
    lengths.push_back(float(std::sqrt(sum)));
  }
  return lengths;
}

void remark(LayerGroups& groups, const GroupsRequest& request, const GroupInputs& inputs) {
  const bool negative = std::any_of(inputs.activations->values.begin(), inputs.activations->values.end(),
                                    [](float value) { return value < 0; });
  if (negative && request.clip_negative && request.method == factorization::Method::nmf)
    groups.remarks.push_back(
        "negative values of the layer were taken for zero: shares are those of the positive part");
  if (request.needs_gradient() && !inputs.influences)
    groups.remarks.push_back(request.layer +
                             " does not influence the objective: its gradients and attributions are zero");
  if (!groups.factorization.converged)
    groups.remarks.push_back("the factorization ended by its limit of iterations");
}

}  // namespace

LayerGroups describe(const GroupsRequest& request, const GroupInputs& inputs, Factorization found,
                     const LayerGroups* previous) {
  LayerGroups groups;
  groups.model = request.model;
  groups.image = request.image;
  groups.layer = request.layer;
  groups.height = inputs.activations->height;
  groups.width = inputs.activations->width;
  groups.activations = inputs.activations;
  groups.factorization = std::move(found);

  groups.continued = continued(groups, previous);
  if (groups.factorization.mean_atom < 0) {  // PCA's mean stays last
    const std::vector<int> order = factorization::continued_order(groups.continued);
    groups.factorization = factorization::reordered(groups.factorization, order);
    std::vector<factorization::Match> ordered;
    for (const int atom : order) ordered.push_back(groups.continued[std::size_t(atom)]);
    groups.continued = std::move(ordered);
  }
  const Factorization& factorization = groups.factorization;
  groups.identities = factorization::continued_identities(
      previous ? previous->identities : std::vector<int>{}, groups.continued);
  for (int i = 0; i < factorization.atoms(); ++i) {
    groups.hues.push_back(i == factorization.mean_atom
                              ? factorization::no_group
                              : factorization::hue_of(groups.identities[std::size_t(i)]));
    groups.magnitudes.push_back(factorization::magnitude(factorization, i));
    groups.top_channels.push_back(factorization::top_channels(factorization, i, listed_channels));
  }

  groups.maps = cube_of(groups, factorization.atoms(), factorization.maps.values);
  const Matrix clipped = request.clip_negative && request.method == factorization::Method::nmf
                             ? factorization::positive_part(*inputs.activations)
                             : Matrix();
  const factorization::MatrixView target =
      clipped.rows > 0 ? factorization::MatrixView(clipped) : factorization::MatrixView(*inputs.activations);
  groups.residual_map =
      cube_of(groups, 1, lengths_of_rows(factorization::residual_cube(factorization, target)));
  remark(groups, request, inputs);
  groups.key = fingerprint(groups);
  return groups;
}

std::vector<attribution::Group> atoms_of(const LayerGroups& groups) {
  const Factorization& factorization = groups.factorization;
  std::vector<attribution::Group> atoms(std::size_t(factorization.atoms()));
  for (int i = 0; i < factorization.atoms(); ++i) {
    attribution::Group& atom = atoms[std::size_t(i)];
    for (int p = 0; p < factorization.positions(); ++p) atom.map.push_back(factorization.maps.at(p, i));
    const auto direction = factorization.directions.row(i);
    atom.direction.assign(direction.begin(), direction.end());
  }
  return atoms;
}

std::size_t memory_cost(const LayerGroups& value) {
  std::size_t cost = sizeof(value) + factorization::memory_cost(value.factorization);
  for (const auto& cube : {value.maps, value.residual_map})
    if (cube) cost += memory_cost(*cube);
  for (const auto& channels : value.top_channels) cost += channels.size() * sizeof channels[0];
  return cost + value.identities.size() * (sizeof(int) + sizeof(factorization::Match) + sizeof(double) + 3);
}

GroupContributions GroupAttributions::to_class(int index) const {
  if (index < 0 || index >= classes())
    throw Error("there is no class " + std::to_string(index) + "; there are " + std::to_string(classes()));
  const auto at = std::size_t(index);
  GroupContributions result;
  for (int i = 0; i < groups(); ++i) result.groups.push_back(all.effects.at(at, std::size_t(i)));
  result.residual = all.effects.at(at, std::size_t(groups()));
  result.bias = all.baseline_logits[at];
  result.value = all.logits[at];
  result.gap = float(double(result.value) - result.bias - result.residual -
                     std::accumulate(result.groups.begin(), result.groups.end(), 0.0));
  return result;
}

GroupContributions GroupAttributions::to_difference(int plus, int minus) const {
  GroupContributions result = to_class(plus);
  const GroupContributions less = to_class(minus);
  for (std::size_t i = 0; i < result.groups.size(); ++i) result.groups[i] -= less.groups[i];
  result.residual -= less.residual;
  result.bias -= less.bias;
  result.value -= less.value;
  result.gap -= less.gap;
  return result;
}

std::size_t memory_cost(const GroupAttributions& value) { return memory_cost(value.all); }

std::vector<int> by_contribution(const GroupContributions& contributions) {
  std::vector<int> order(contributions.groups.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int one, int other) {
    return contributions.groups[std::size_t(one)] > contributions.groups[std::size_t(other)];
  });
  return order;
}

std::size_t memory_cost(const GroupChain& value) {
  std::size_t cost = sizeof(value);
  for (const auto* chain : {&value.compatible, &value.independent})
    for (const auto& groups : *chain) cost += memory_cost(*groups);
  return cost;
}

}  // namespace tessera::session
