#include <cmath>

#include "factorization/eigen.h"
#include "tessera/factorization/compatible.h"
#include "tessera/factorization/split.h"

namespace tessera::factorization {

Matrix flow_between(const Factorization& earlier, std::span<const Matrix> to_groups) {
  const std::vector<Matrix> shares = split_shares(earlier);
  Matrix flow(int(to_groups.size()), earlier.atoms());
  for (int i = 0; i < flow.rows; ++i) {
    const std::vector<double> parts = shared_out(shares, to_groups[std::size_t(i)]);
    for (int j = 0; j < flow.columns; ++j) flow.at(i, j) = float(parts[std::size_t(j)]);
  }
  return flow;
}

double concentration(const Matrix& flow) {
  double all = 0, sum = 0;
  for (int i = 0; i < flow.rows; ++i) {
    const double received = map(flow).row(i).cast<double>().cwiseAbs().sum();
    if (!(received > 0)) continue;
    double entropy = 0;
    for (const float value : flow.row(i)) {
      const double share = std::abs(value) / received;
      if (share > 0) entropy -= share * std::log(share);
    }
    const double evenness = flow.columns > 1 ? entropy / std::log(double(flow.columns)) : 0;
    sum += received * (1 - evenness);
    all += received;
  }
  return all > 0 ? sum / all : 0;
}

}  // namespace tessera::factorization
