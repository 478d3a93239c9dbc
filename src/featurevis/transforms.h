#pragma once

#include "featurevis/kernels/kernels.h"
#include "featurevis/random.h"

namespace tessera::featurevis {

// The random transforms of one step (design: Numbers, Transforms), in the order in which a picture undergoes
// them: moved by (x, y) pixels, scaled and turned about its centre, moved again.
struct Transform {
  int x = 0, y = 0;
  double scale = 1;
  double degrees = 0;
  int x_after = 0, y_after = 0;
};

// How far they go. `jitter`: a random crop by so many pixels.
struct TransformRange {
  int jitter = 8;
  int scales = 11;  // 1 + 0.02·(k - 5)
  double scale_step = .02;
  int degrees = 10;  // whole degrees up to that, either way, …
  int upright = 5;   // … and 0 so many times more
  int jitter_after = 4;
};

// Standard: pads by 12, of which the two crops leave 6 on each side.
inline constexpr TransformRange standard_transforms{};
inline constexpr TransformRange wide_transforms{8, 11, .05, 20, 5, 4};

Transform draw(const TransformRange& range, Random& random);

// Pixels a side that the network sees of a picture at scale 1, with its padding.
inline constexpr int seen_size(int size) { return size + 12; }

// All of it as one resampling to width × height, which show what a square of seen_size(size) pixels would.
kernels::Affine to_affine(const Transform& transform, int size, int width, int height);

}  // namespace tessera::featurevis
