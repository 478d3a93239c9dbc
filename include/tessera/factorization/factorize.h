#pragma once

#include "tessera/factorization/factorization.h"
#include "tessera/factorization/nmf.h"
#include "tessera/factorization/watch.h"

namespace tessera::factorization {

// What to break A into, as a view or a command line asks for it.
struct Request {
  Method method = Method::nmf;
  int k = 6;  // not for the trivial bases, which take every channel or position
  int restarts = thorough_restarts;  // further starts of nmf, semi_nmf and clusters, all carried to convergence
  std::uint64_t seed = 0;
  bool clip_negative = false;               // nmf of max(A, 0); the residual is that of max(A, 0) too
  const Factorization* previous = nullptr;  // a warm start for nmf and semi_nmf. Not owned
};

// One door to all methods. Throws Error as they do.
Factorization factorize(MatrixView a, const Request& request, const Watch& watch = {});

}  // namespace tessera::factorization
