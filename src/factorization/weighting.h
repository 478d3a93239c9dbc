#pragma once

#include "tessera/factorization/factorization.h"

namespace tessera::factorization {

// Weights on rows and columns: the weighted problem is the plain one on √row · A · √column.
class Weighting {
 public:
  // Empty: all 1. Throws Error for a wrong number of weights, and for negative or infinite ones.
  Weighting(const std::vector<float>& rows, const std::vector<float>& columns, MatrixView a);

  bool trivial() const { return rows_.empty() && columns_.empty(); }
  Matrix apply(MatrixView a) const;
  void undo(Factorization& factorization) const;  // masked positions and channels become 0

 private:
  std::vector<float> rows_;  // square roots
  std::vector<float> columns_;
};

}  // namespace tessera::factorization
