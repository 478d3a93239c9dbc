#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace tessera::image {

// One axis of a resampling: the source samples [start, start + size) are scaled to `scaled` samples, of which
// [offset, offset + count) are wanted. Nothing outside [start, start + size) is looked at.
struct Axis {
  int start = 0;
  int size = 0;
  double scaled = 0;  // a whole number; may be far larger than what is wanted of it
  double offset = 0;  // a whole number
  int count = 0;
};

// For each wanted sample, which source samples it is made of and with which weights (they sum to 1): the
// cubic convolution kernel of Keys (1981) with a = -0.5, as wide as the source samples of one wanted sample
// when shrinking, cut off at the ends of the source. The same as Pillow's BICUBIC.
class Filter {
 public:
  explicit Filter(const Axis& axis);

  int count() const { return int(taps_.size()); }
  int first(int wanted) const {
    return taps_[std::size_t(wanted)].first;
  }  // source sample of the first weight
  std::span<const float> weights(int wanted) const;
  int most_weights() const;

  // The source samples that any wanted sample needs: [begin(), end()).
  int begin() const { return first(0); }
  int end() const { return first(count() - 1) + int(weights(count() - 1).size()); }

 private:
  struct Taps {
    int first;
    std::size_t weights_begin;
    std::size_t weights_end;
  };
  std::vector<Taps> taps_;
  std::vector<float> weights_;
};

}  // namespace tessera::image
