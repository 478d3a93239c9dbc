// Compatible groups of several layers: the factorization asks, the sweeps answer.
#include <algorithm>
#include <utility>
#include <vector>

#include "session/group_answers.h"
#include "session/job_control.h"
#include "tessera/factorization/compatible.h"

namespace tessera::session {
namespace {

using factorization::Factorization;
using factorization::Matrix;

// Serves factorization::AttributionToGroups. The last layer's groups are the same in both chains, and so is
// what flows to them.
class FlowToGroups {
 public:
  FlowToGroups(const CompatibleGroups& query, attribution::Sweeps& sweeps, const Image& picture,
               attribution::Control control)
      : query_(query), sweeps_(sweeps), picture_(picture), control_(std::move(control)) {
    control_.progress = nullptr;
  }

  std::vector<Matrix> operator()(int layer, const Factorization& next) {
    if (layer == last_layer_ && next.maps == last_maps_ && next.directions == last_directions_) return last_;
    std::vector<Matrix> to_groups;
    for (int group = 0; group < next.atoms(); ++group) to_groups.push_back(to_group(layer, next, group));
    if (layer + 2 == int(query_.layers.size())) {
      last_layer_ = layer;
      last_maps_ = next.maps;
      last_directions_ = next.directions;
      last_ = to_groups;
    }
    return to_groups;
  }

 private:
  Matrix to_group(int layer, const Factorization& next, int group) {
    attribution::GroupActivation objective;
    objective.layer = query_.layers[std::size_t(layer) + 1].layer;
    bool empty = true;
    for (int p = 0; p < next.positions(); ++p) objective.map.push_back(next.maps.at(p, group));
    for (const float value : next.directions.row(group)) {
      objective.direction.push_back(value);
      empty &= value == 0;
    }
    attribution::AttributionRequest request;
    request.method = query_.steps > 0 ? "path" : "linear";
    request.layer = query_.layers[std::size_t(layer)].layer;
    request.steps = std::max(1, query_.steps);
    request.rules = query_.rules;
    if (empty) {  // nothing flows to a group that was not needed
      const Cube& cube = *sweeps_.activations(picture_, request.layer);
      return Matrix(int(cube.positions()), cube.channels);
    }
    request.objective = std::move(objective);
    const attribution::Attribution found = attribution::attribute(sweeps_, picture_, request, control_);
    Matrix matrix(int(found.values->positions()), found.values->channels);
    matrix.values = found.values->values;
    return matrix;
  }

  const CompatibleGroups& query_;
  attribution::Sweeps& sweeps_;
  const Image& picture_;
  attribution::Control control_;
  int last_layer_ = -1;
  Matrix last_maps_, last_directions_;
  std::vector<Matrix> last_;
};

GroupsRequest request_of(const CompatibleGroups& query, std::size_t layer) {
  GroupsRequest request;
  request.model = query.model;
  request.image = query.image;
  request.layer = query.layers[layer].layer;
  request.k = query.layers[layer].k;
  request.restarts = query.restarts;
  request.seed = query.seed;
  request.clip_negative = query.clip_negative;
  return request;
}

}  // namespace

std::shared_ptr<const GroupChain> GroupAnswers::answer(const CompatibleGroups& query, engine::Job& job) {
  const std::shared_ptr<const Image> picture = images_.open(query.image);
  job.throw_if_cancelled();
  const AttributableModel opened = models_.open_attributable(query.model, *picture, job, model_load_share);

  std::vector<GroupInputs> inputs;
  std::vector<factorization::MatrixView> values;
  std::vector<factorization::Request> requests;
  for (const CompatibleGroups::Member& member : query.layers) {
    inputs.push_back({opened.sweeps->activations(*picture, member.layer), nullptr, true});
    values.push_back(*inputs.back().activations);
    factorization::Request request;
    request.k = member.k;
    request.restarts = query.restarts;
    request.seed = query.seed;
    request.clip_negative = query.clip_negative;
    requests.push_back(request);
  }
  const attribution::Control control = control_of(job);
  const factorization::Watch watch{job.stop_token(), [&](const factorization::Watch::Progress& progress) {
                                     control.report(progress.fraction, "fitting layers to each other");
                                   }};
  FlowToGroups flow(query, *opened.sweeps, *picture, control);
  const auto ask = [&](int layer, const Factorization& next) { return flow(layer, next); };
  factorization::ChainComparison found = factorization::compare_chains(values, requests, ask, watch);
  job.throw_if_cancelled();

  GroupChain chain;
  chain.compatible_concentration = found.compatible.concentrations;
  chain.independent_concentration = found.independent.concentrations;
  for (std::size_t i = 0; i < query.layers.size(); ++i) {
    const GroupsRequest request = request_of(query, i);
    const LayerGroups* previous = i < query.previous.size() ? query.previous[i].get() : nullptr;
    chain.independent.push_back(std::make_shared<const LayerGroups>(
        describe(request, inputs[i], std::move(found.independent.layers[i]), previous)));
    chain.compatible.push_back(std::make_shared<const LayerGroups>(
        describe(request, inputs[i], std::move(found.compatible.layers[i]), chain.independent.back().get())));
  }
  return std::make_shared<const GroupChain>(std::move(chain));
}

}  // namespace tessera::session
