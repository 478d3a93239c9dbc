#pragma once

#include <vector>

#include "tessera/factorization/factorization.h"

namespace tessera::factorization {

// Which row goes with which column, so that the sum of `gain` is largest and each is used at most once (the
// Hungarian method, O(n³)). Per row: a column, or -1 where there are fewer columns than rows.
std::vector<int> best_assignment(const Matrix& gain);

// Cosines between the atoms of two factorizations of layers with the same channels: rows the earlier, columns
// the later. `directions`: in channel space alone, for another image. `groups`: of the whole cubes map ⊗
// direction.
enum class Likeness { directions, groups };
Matrix cosines(const Factorization& earlier, const Factorization& later, Likeness likeness);

struct Match {
  int previous = -1;  // atom of the earlier factorization, or -1: new
  float cosine = 0;   // of the two, 0 where new
};

// For each atom of `later` the one of `earlier` that it continues. Pairs less alike than `least_cosine` are
// none.
std::vector<Match> match(const Factorization& earlier, const Factorization& later,
                         Likeness likeness = Likeness::directions, float least_cosine = 0.3f);

// Who an atom is, across changes of k, of the objective or of the image: a small number that decides its hue.
// Continued atoms keep theirs; new ones get the smallest numbers not taken.
std::vector<int> first_identities(const Factorization& factorization);
std::vector<int> continued_identities(const std::vector<int>& earlier, const std::vector<Match>& matches);

// The order in which to show atoms so that continued ones stay where they were: continued atoms in the
// earlier order, then new ones in their own. Indices of the later factorization's atoms, for `reordered`.
std::vector<int> continued_order(const std::vector<Match>& matches);

}  // namespace tessera::factorization
