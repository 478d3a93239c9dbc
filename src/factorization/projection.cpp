#include "tessera/factorization/projection.h"

#include <Eigen/QR>

#include "factorization/eigen.h"
#include "factorization/nnls.h"
#include "tessera/base/error.h"

namespace tessera::factorization {
namespace {

// rows (n x channels) on a basis (atoms x channels): n x atoms.
RowMajor non_negative_shares(const RowMajorDouble& rows, const RowMajorDouble& basis) {
  const Eigen::MatrixXd gram = basis * basis.transpose();
  const Eigen::MatrixXd products = rows * basis.transpose();
  RowMajor shares(rows.rows(), basis.rows());
  for (Eigen::Index r = 0; r < rows.rows(); ++r)
    shares.row(r) = nnls(gram, products.row(r).transpose()).transpose().cast<float>();
  return shares;
}

}  // namespace

Matrix project_on_directions(MatrixView a, const Matrix& directions) {
  require_finite(a, "");
  require_finite(directions, "directions");
  if (a.columns != directions.columns) throw Error("values and directions have different channels");
  Matrix maps(a.rows, directions.rows);
  map(maps) = non_negative_shares(map(a).cast<double>(), map(directions).cast<double>());
  return maps;
}

Matrix directions_for_maps(MatrixView a, const Matrix& maps, bool non_negative) {
  require_finite(a, "");
  require_finite(maps, "maps");
  if (a.rows != maps.rows) throw Error("values and maps have different positions");
  Matrix directions(maps.columns, a.columns);
  const RowMajorDouble values = map(a).cast<double>(), given = map(maps).cast<double>();
  if (non_negative)
    map(directions) = non_negative_shares(values.transpose(), given.transpose()).transpose();
  else
    map(directions) = given.completeOrthogonalDecomposition().solve(values).cast<float>();
  return directions;
}

}  // namespace tessera::factorization
