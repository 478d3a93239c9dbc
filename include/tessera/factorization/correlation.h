#pragma once

#include <cstddef>
#include <vector>

#include "tessera/base/cube.h"
#include "tessera/factorization/matrix.h"

namespace tessera::factorization {

// A channel of one layer and the channel of another that goes with it.
struct ChannelPair {
  int one = 0;
  int other = 0;
  float correlation = 0;
};

// Which channels of two layers fire alike: of two networks, or of one at two stages of its training.
struct MatchedChannels {
  Matrix correlations;             // Pearson's, -1 to 1: channels of the one x channels of the other
  std::vector<ChannelPair> pairs;  // one-to-one, of the greatest sum of correlations; the best pair first
  // Channels with the same value everywhere. Their correlation with any other is 0 by definition.
  std::vector<int> constant_one;
  std::vector<int> constant_other;
  std::size_t positions = 0;  // of all pictures, that were compared
};
std::size_t memory_cost(const MatchedChannels& value);

// What is kept of the values of one layer's channels, an entry each. Sums are of what values differ by from
// the channel's first, so that a large offset costs no precision.
struct ChannelSums {
  std::vector<double> first;
  std::vector<double> sum;
  std::vector<double> squares;
  std::vector<double> least;
  std::vector<double> greatest;
};

// Correlates the channels of two layers over all positions of any number of pictures, one picture at a time:
// it keeps sums, no cubes. Scale and offset of a channel do not matter.
class ChannelCorrelation {
 public:
  // What both layers hold for one more picture. Where their grids differ, each axis is averaged onto the
  // coarser of the two, by area. Throws Error for empty cubes, values that are not finite, and other numbers
  // of channels than before.
  void add(const Cube& one, const Cube& other);

  // Of what has been added. Throws Error where nothing has been.
  MatchedChannels matched() const;

 private:
  ChannelSums one_;
  ChannelSums other_;
  std::vector<double> products_;  // channels of the one x channels of the other, row by row
  std::size_t positions_ = 0;
};

}  // namespace tessera::factorization
