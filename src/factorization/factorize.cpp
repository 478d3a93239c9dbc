#include "tessera/factorization/factorize.h"

#include <numeric>

#include "tessera/base/error.h"
#include "tessera/factorization/bases.h"
#include "tessera/factorization/clusters.h"
#include "tessera/factorization/pca.h"

namespace tessera::factorization {
namespace {

std::vector<int> all(int count) {
  std::vector<int> indices(static_cast<std::size_t>(count));
  std::iota(indices.begin(), indices.end(), 0);
  return indices;
}

NmfOptions nmf_options(const Request& request) {
  NmfOptions options;
  options.k = request.k;
  options.restarts = request.restarts;
  options.finalists = request.restarts + 1;
  options.seed = request.seed;
  options.previous = request.previous;
  return options;
}

}  // namespace

Factorization factorize(MatrixView a, const Request& request, const Watch& watch) {
  switch (request.method) {
    case Method::nmf:
      if (request.clip_negative) return nmf(positive_part(a), nmf_options(request), watch);
      return nmf(a, nmf_options(request), watch);
    case Method::semi_nmf:
      return semi_nmf(a, nmf_options(request), watch);
    case Method::split_nmf:
      return split_nmf(a, nmf_options(request), watch);
    case Method::pca:
      return pca(a, request.k);
    case Method::clusters: {
      ClusterOptions options;
      options.k = request.k;
      options.restarts = request.restarts;
      options.seed = request.seed;
      return clusters(a, options, watch);
    }
    case Method::channels:
      return channel_basis(a, all(a.columns));
    case Method::positions:
      return position_basis(a, all(a.rows));
  }
  throw Error("there is no such method of factorization");
}

}  // namespace tessera::factorization
