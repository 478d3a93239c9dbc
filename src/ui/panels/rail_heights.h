#pragma once

#include <span>
#include <vector>

namespace tessera::ui {

// What a part of a column needs, in one unit: `least` to be of use, `enough` for what is looked at most,
// `wanted` for all that there is.
struct NeededHeight {
  float least = 0;
  float enough = 0;
  float wanted = 0;
  bool all_or_enough = false;  // more than enough is of no use unless it is all that is wanted
  float row = 0;               // beyond the least, only whole rows are of use; 0: anything is

  static NeededHeight fixed(float height) { return {height, height, height}; }
};

// The parts' heights: where there is room, enough for each, then all that the first ones want; where there is
// not, each gives way by the same share of what it can, down to its least. What is of no use to one goes to
// those after it.
std::vector<float> shared_heights(std::span<const NeededHeight> needed, float room);

}  // namespace tessera::ui
