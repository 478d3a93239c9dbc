#include "tessera/factorization/bases.h"

#include <string>
#include <vector>

#include "factorization/finish.h"
#include "tessera/base/error.h"

namespace tessera::factorization {
namespace {

void require_indices(std::span<const int> which, int count, const char* what) {
  std::vector<bool> seen(std::size_t(count), false);
  for (const int index : which) {
    if (index < 0 || index >= count)
      throw Error(std::string("there is no ") + what + " " + std::to_string(index) + "; there are " +
                  std::to_string(count));
    if (seen[std::size_t(index)])
      throw Error(std::string(what) + " " + std::to_string(index) + " is named twice");
    seen[std::size_t(index)] = true;
  }
}

}  // namespace

Factorization channel_basis(MatrixView a, std::span<const int> which) {
  require_finite(a, "");
  require_indices(which, a.columns, "channel");
  Factorization result;
  result.method = Method::channels;
  result.maps = Matrix(a.rows, int(which.size()));
  result.directions = Matrix(int(which.size()), a.columns);
  for (std::size_t i = 0; i < which.size(); ++i) {
    for (int p = 0; p < a.rows; ++p) result.maps.at(p, int(i)) = a.at(p, which[i]);
    result.directions.at(int(i), which[i]) = 1;
  }
  finish(result, a);
  return result;
}

Factorization position_basis(MatrixView a, std::span<const int> which) {
  require_finite(a, "");
  require_indices(which, a.rows, "position");
  Factorization result;
  result.method = Method::positions;
  result.maps = Matrix(a.rows, int(which.size()));
  result.directions = Matrix(int(which.size()), a.columns);
  for (std::size_t i = 0; i < which.size(); ++i) {
    result.maps.at(which[i], int(i)) = 1;
    for (int c = 0; c < a.columns; ++c) result.directions.at(int(i), c) = a.at(which[i], c);
  }
  finish(result, a);
  return result;
}

}  // namespace tessera::factorization
