#pragma once

#include <Eigen/Core>

namespace tessera::factorization {

// min ‖B·x − y‖ over x >= 0, given gram = Bᵀ·B and product = Bᵀ·y. Exact, by active sets (Lawson and Hanson
// 1974, on the normal equations as Bro and de Jong 1997).
Eigen::VectorXd nnls(const Eigen::MatrixXd& gram, const Eigen::VectorXd& product);

}  // namespace tessera::factorization
