#include "tessera/factorization/compatible.h"

#include <algorithm>
#include <cmath>

#include "factorization/eigen.h"
#include "factorization/finish.h"
#include "tessera/base/error.h"

namespace tessera::factorization {
namespace {

void require_fit(MatrixView a, std::span<const Matrix> to_groups) {
  if (to_groups.empty()) throw Error("the later layer has no groups to be compatible with");
  for (const Matrix& to_group : to_groups) {
    require_finite(to_group, "attribution");
    if (to_group.rows != a.rows || to_group.columns != a.columns)
      throw Error("the attribution to a group has another shape than the layer");
  }
}

// Part of the whole work, as seen from outside.
Watch part_of(const Watch& watch, int part, int parts) {
  Watch inner{watch.stop, {}};
  if (watch.progress)
    inner.progress = [&watch, part, parts](Watch::Progress progress) {
      progress.fraction = (float(part) + progress.fraction) / float(parts);
      watch.progress(progress);
    };
  return inner;
}

}  // namespace

Matrix copies_by_target(MatrixView a, std::span<const Matrix> to_groups) {
  require_finite(a, "activations");
  require_fit(a, to_groups);
  const int groups = int(to_groups.size());
  Matrix copies(a.rows, groups * a.columns);
  for (int p = 0; p < a.rows; ++p)
    for (int c = 0; c < a.columns; ++c) {
      double all = 0;
      for (const Matrix& to_group : to_groups) all += std::abs(double(to_group.at(p, c)));
      for (int n = 0; n < groups; ++n) {
        const double share =
            all > 0 ? std::abs(double(to_groups[std::size_t(n)].at(p, c))) / all : 1.0 / groups;
        copies.at(p, n * a.columns + c) = float(a.at(p, c) * share);
      }
    }
  return copies;
}

Factorization compatible(MatrixView a, std::span<const Matrix> to_groups, const Request& request,
                         const Watch& watch) {
  if (request.method != Method::nmf) throw Error("compatible groups are non-negative: choose nmf");
  Matrix clipped;
  if (request.clip_negative) {
    clipped = positive_part(a);
    a = clipped;
  }
  Request on_copies = request;
  on_copies.previous = nullptr;  // it has no copies
  const Factorization found = factorize(copies_by_target(a, to_groups), on_copies, watch);

  Factorization result = found;
  result.directions = Matrix(found.atoms(), a.columns);
  for (int n = 0; n < int(to_groups.size()); ++n)
    map(result.directions) += map(found.directions).middleCols(n * a.columns, a.columns);
  finish(result, a);
  return by_explained(result);
}

Chain factorize_chain(std::span<const MatrixView> layers, std::span<const Request> requests,
                      const AttributionToGroups& attribution, bool compatibly, const Watch& watch) {
  if (layers.size() < 2) throw Error("a chain needs two layers or more");
  if (requests.size() != layers.size()) throw Error("a chain needs one request for each layer");
  Chain chain;
  const int count = int(layers.size());
  for (int layer = count - 1; layer >= 0 && !(layer < count - 1 && watch.stop.stop_requested()); --layer) {
    const MatrixView values = layers[std::size_t(layer)];
    const Request& request = requests[std::size_t(layer)];
    const Watch inner = part_of(watch, count - 1 - layer, count);
    if (layer == count - 1) {
      chain.layers.push_back(factorize(values, request, inner));
      continue;
    }
    const std::vector<Matrix> to_groups = attribution(layer, chain.layers.back());
    require_fit(values, to_groups);
    if (int(to_groups.size()) != chain.layers.back().atoms())
      throw Error("the attribution does not have one part for each group of the next layer");
    chain.layers.push_back(compatibly ? compatible(values, to_groups, request, inner)
                                      : factorize(values, request, inner));
    chain.flows.push_back(flow_between(chain.layers.back(), to_groups));
    chain.concentrations.push_back(concentration(chain.flows.back()));
  }
  std::reverse(chain.layers.begin(), chain.layers.end());
  std::reverse(chain.flows.begin(), chain.flows.end());
  std::reverse(chain.concentrations.begin(), chain.concentrations.end());
  return chain;
}

ChainComparison compare_chains(std::span<const MatrixView> layers, std::span<const Request> requests,
                               const AttributionToGroups& attribution, const Watch& watch) {
  ChainComparison comparison;
  comparison.compatible = factorize_chain(layers, requests, attribution, true, part_of(watch, 0, 2));
  comparison.independent = factorize_chain(layers, requests, attribution, false, part_of(watch, 1, 2));
  return comparison;
}

}  // namespace tessera::factorization
