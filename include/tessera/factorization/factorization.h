#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "tessera/factorization/matrix.h"

namespace tessera::factorization {

enum class Method {
  nmf,        // maps and directions >= 0
  semi_nmf,   // maps >= 0, directions signed
  split_nmf,  // nmf of the positive and negative parts side by side; directions = positive minus negative
              // part
  pca,        // signed; the last atom is the mean
  clusters,   // k-means: each position belongs to one atom
  channels,   // the trivial basis of channels
  positions,  // the trivial basis of positions
};

std::string_view name(Method method);

// A matrix A (positions x channels) as a sum of atoms, A ≈ maps · directions: atom i is the spatial map
// `maps[:,i]` times the direction in channel space `directions[i,:]`.
struct Factorization {
  static constexpr int most_atoms = 32;  // that may be asked of a method that searches

  Method method = Method::nmf;
  Matrix maps;                    // positions x atoms, in the units of A: directions have length 1
  Matrix directions;              // atoms x channels; a row of zeros is an atom that was not needed
  int mean_atom = -1;             // the atom that is the mean over positions (PCA), else -1
  double norm = 0;                // ‖A‖_F
  double residual = 0;            // ‖A − maps·directions‖_F / ‖A‖_F; 0 where A is zero
  std::vector<double> explained;  // per atom ⟨G_i, A⟩ / ‖A‖²_F. Where a method has converged they add up to
                                  // 1 − residual², because then the residual is orthogonal to every atom
  std::uint64_t seed = 0;
  int iterations = 0;     // of the start that won
  bool converged = true;  // false: ended by its limit of iterations or by a stop request

  int atoms() const { return directions.rows; }
  int positions() const { return maps.rows; }
  int channels() const { return directions.columns; }
};

std::size_t memory_cost(const Factorization& factorization);

// The atoms in another order. Throws Error unless `order` names the index of each atom once.
Factorization reordered(const Factorization& factorization, const std::vector<int>& order);

}  // namespace tessera::factorization
