#pragma once

#include <cstdint>

#include "factorization/hals.h"
#include "factorization/truncated_svd.h"
#include "tessera/factorization/nmf.h"

// Where a descent may begin. All give non-negative maps; directions are non-negative too, except the signed
// ones.
namespace tessera::factorization {

// Boutsidis and Gallopoulos 2008: of each singular triple the sign that carries more. `fill` replaces zeros,
// which the descent would leave only slowly (NNDSVDa fills with the mean).
Pair nndsvd(const Scaled& a, int atoms, const TruncatedSvd& svd, float fill);

// Uniform, of the magnitude of A.
Pair random_pair(const Scaled& a, int atoms, std::uint64_t seed);

// A previous solution of the same shape with more or fewer atoms. Superfluous ones: those that explain least
// are left out. Missing ones: the best non-negative rank-one part of what is not explained yet, one after the
// other.
Pair continued(const Scaled& a, MatrixView original, int atoms, const Factorization& previous,
               bool signed_directions);

}  // namespace tessera::factorization
