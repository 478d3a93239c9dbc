#include "tessera/factorization/split.h"

#include "factorization/eigen.h"
#include "tessera/base/error.h"
#include "tessera/factorization/facts.h"

namespace tessera::factorization {

std::vector<Matrix> split_shares(const Factorization& factorization) {
  const int atoms = factorization.atoms();
  std::vector<Matrix> shares;
  RowMajor total = RowMajor::Zero(factorization.positions(), factorization.channels());
  for (int i = 0; i < atoms; ++i) {
    shares.push_back(group_cube(factorization, i));
    map(shares.back()) = map(shares.back()).cwiseAbs().eval();
    total += map(shares.back());
  }
  for (Matrix& share : shares)
    map(share) = (total.array() > 0).select(map(share).array() / total.array(), 1.0f / float(atoms));
  return shares;
}

std::vector<double> shared_out(std::span<const Matrix> shares, MatrixView values) {
  std::vector<double> sums;
  for (const Matrix& share : shares) {
    if (share.rows != values.rows || share.columns != values.columns)
      throw Error("the values have another shape than the groups");
    sums.push_back(map(share).cast<double>().cwiseProduct(map(values).cast<double>()).sum());
  }
  return sums;
}

}  // namespace tessera::factorization
