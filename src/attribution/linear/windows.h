#pragma once

#include <cstdint>
#include <vector>

#include "model/torch.h"

namespace tessera::attribution {

// A batch of derivatives of a map [1,C,H,W], each zero but in a window of its own: what starts at one
// position spreads slowly, so that most of a map need not be computed. Windows may hang out of the map and
// are zero there.
struct Windows {
  at::Tensor values;              // [B,C,h,w]
  std::vector<std::int64_t> top;  // row of the map where each window begins; may be negative
  std::vector<std::int64_t> left;

  std::int64_t batch() const { return values.size(0); }
  std::int64_t height() const { return values.size(2); }
  std::int64_t width() const { return values.size(3); }
};

// The whole maps, [B,C,H,W], channels last.
at::Tensor spread_out(const Windows& windows, std::int64_t height, std::int64_t width);

// Times what a map [1,C,H,W] has in each window, zero where that is out of the map.
Windows times(const Windows& windows, const at::Tensor& factor);

// The same with what hangs out of a map of this size set to zero.
Windows cut_off(Windows windows, std::int64_t height, std::int64_t width);

struct WindowStep {
  std::int64_t size = 1;  // of the kernel
  std::int64_t stride = 1;
  std::int64_t padding = 0;
  std::int64_t dilation = 1;
  std::int64_t reach() const { return dilation * (size - 1); }
};

// What a convolution (down: vertically, across: horizontally) needs of each window's surroundings to compute
// every output that the window influences: windows again, ready for a convolution without padding, whose
// results begin at `top`, `left` of the output.
struct WindowInput {
  at::Tensor values;  // [B,C,…]
  std::vector<std::int64_t> top;
  std::vector<std::int64_t> left;
};
WindowInput around(const Windows& windows, const WindowStep& down, const WindowStep& across);

}  // namespace tessera::attribution
