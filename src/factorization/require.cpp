#include "factorization/require.h"

#include <string>

#include "tessera/base/error.h"
#include "tessera/factorization/factorization.h"

namespace tessera::factorization {

void require_count(int k) {
  if (k < 1 || k > Factorization::most_atoms)
    throw Error("the number of groups is " + std::to_string(k) + "; it can be 1 to " +
                std::to_string(Factorization::most_atoms));
}

void require_size(double norm) {
  if (!(norm <= 1e38)) throw Error("the values are too large to be factorized", "", "Scale them down first");
}

}  // namespace tessera::factorization
