// Answers requests on standard input, one a line, so that a script can take turns between this and its peer:
//   load FILE.npy             a cube; later requests are about it
//   nmf K START RESTARTS [FINALISTS]      START: nndsvd, nndsvda or random
// Answers on standard output, one a line: "loaded POSITIONS CHANNELS", or "SECONDS RESIDUAL ITERATIONS". The
// time is that of the whole call: checks, start, descent, ordering and the exact residual.
#include <chrono>
#include <iostream>
#include <sstream>
#include <string>

#include "tessera/base/npy.h"
#include "tessera/factorization/nmf.h"

using namespace tessera;

namespace {

factorization::Matrix load(const std::string& file) {
  npy::Array array = npy::load(file);
  factorization::Matrix matrix;
  matrix.columns = int(array.shape.back());
  matrix.rows = int(array.values.size() / array.shape.back());
  matrix.values = std::move(array.values);
  return matrix;
}

factorization::Start start_named(const std::string& name) {
  if (name == "nndsvd") return factorization::Start::nndsvd;
  if (name == "random") return factorization::Start::random;
  return factorization::Start::nndsvda;
}

void time_nmf(const factorization::Matrix& matrix, const factorization::NmfOptions& options) {
  const auto before = std::chrono::steady_clock::now();
  const factorization::Factorization result = factorization::nmf(matrix, options);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - before;
  std::cout << taken.count() << ' ' << result.residual << ' ' << result.iterations << std::endl;
}

}  // namespace

int main() {
  factorization::Matrix matrix;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string request, argument;
    words >> request;
    if (request == "load") {
      words >> argument;
      matrix = load(argument);
      std::cout << "loaded " << matrix.rows << ' ' << matrix.columns << std::endl;
    } else if (request == "nmf") {
      factorization::NmfOptions options;
      words >> options.k >> argument >> options.restarts;
      if (int finalists = 0; words >> finalists) options.finalists = finalists;
      options.start = start_named(argument);
      time_nmf(matrix, options);
    }
  }
}
