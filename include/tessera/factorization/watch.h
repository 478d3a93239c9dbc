#pragma once

#include <functional>
#include <stop_token>

namespace tessera::factorization {

// How a caller looks on while a factorization is found. Everything is called on the thread that asked.
struct Watch {
  struct Progress {
    float fraction = 0;   // 0…1 of what may have to be done; jumps to the end on convergence
    int iteration = 0;    // of the present start
    double residual = 1;  // share of ‖A‖_F that is not explained yet, by the present start
  };

  std::stop_token stop;  // on request the best result so far is returned, not converged
  std::function<void(const Progress&)> progress;  // may be empty
};

}  // namespace tessera::factorization
