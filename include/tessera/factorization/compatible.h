#pragma once

#include <functional>
#include <span>
#include <vector>

#include "tessera/factorization/factorize.h"

// Groups of several layers made for each other, so that little of the flow between them is spread out:
// neurons of the earlier layer that serve different groups of the later one come into different groups.
namespace tessera::factorization {

// Each entry of the earlier layer in as many copies as the later one has groups, in proportion to its
// attribution to them: A'[p, n·C + c] = A[p,c]·|R_n[p,c]| / Σ_m |R_m[p,c]|, equal parts where all are zero.
// `to_groups`: R_n, positions x channels of the earlier layer, one a group.
Matrix copies_by_target(MatrixView a, std::span<const Matrix> to_groups);

// Non-negative groups of the earlier layer that fit the later one's: factorizes the copies and adds up each
// channel's copies in the directions. Residual and explained are about `a`.
Factorization compatible(MatrixView a, std::span<const Matrix> to_groups, const Request& request,
                         const Watch& watch = {});

// Asks the network for the attribution of the neurons of layer `layer` (an index into the chain) to each
// group of the next one, which was factorized as given: R, one matrix a group.
using AttributionToGroups = std::function<std::vector<Matrix>(int layer, const Factorization& next)>;

// What went from group to group between two neighbouring layers. flow[i][j]: rows the later layer's groups,
// columns the earlier one's: Σ R_i ⊙ w_j, with w_j the share of group j in each neuron (split.h). A row adds
// up to the sum of R_i.
Matrix flow_between(const Factorization& earlier, std::span<const Matrix> to_groups);

// How little of a flow is spread: 0 where every target receives equally from all sources, 1 where each has
// one source. The magnitudes of each row as shares, one less their evenness in Pielou's sense (1966: entropy
// over its largest value), averaged over the rows in proportion to what they receive. 1 for a single source,
// 0 where nothing flows.
double concentration(const Matrix& flow);

struct Chain {
  std::vector<Factorization> layers;   // earliest first
  std::vector<Matrix> flows;           // between neighbours, earliest pair first: one fewer than layers
  std::vector<double> concentrations;  // of each flow
};

// The same layers broken up compatibly and each on its own, to compare how the flow concentrates.
struct ChainComparison {
  Chain compatible;
  Chain independent;
};

// A chain of two or more layers, earliest first, from the last one down. The last is factorized plainly. One
// request a layer, all nmf. On a stop request the layers not reached are missing from the front of `layers`.
Chain factorize_chain(std::span<const MatrixView> layers, std::span<const Request> requests,
                      const AttributionToGroups& attribution, bool compatibly, const Watch& watch = {});
ChainComparison compare_chains(std::span<const MatrixView> layers, std::span<const Request> requests,
                               const AttributionToGroups& attribution, const Watch& watch = {});

}  // namespace tessera::factorization
