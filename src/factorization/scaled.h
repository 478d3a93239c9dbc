#pragma once

#include <vector>

#include "factorization/panels.h"

namespace tessera::factorization {

// A matrix made ready to be factorized: multiplied by a power of two that brings its norm near 1, so that the
// result does not depend on the unit of A and float32 neither overflows nor vanishes; in panels, both ways
// round.
struct Scaled {
  int positions = 0;
  int channels = 0;
  float scale = 1;     // A · scale is what the panels hold
  double norm = 0;     // of A · scale
  double mean = 0;     // of A · scale
  Panels by_channel;   // positions x channels
  Panels by_position;  // channels x positions
  // Of a compressed matrix: what a product goes through second; by_channel is positions x rank, by_position
  // channels x rank then.
  Panels then_by_channel;   // rank x channels
  Panels then_by_position;  // rank x positions
};

// maps · A and directions · Aᵀ, atoms x channels and atoms x positions.
void multiply_maps(const Scaled& a, const Factor& maps, Factor& out);
void multiply_directions(const Scaled& a, const Factor& directions, Factor& out);

// `size` is the Frobenius norm of the matrix.
Scaled scaled(MatrixView matrix, double size);

}  // namespace tessera::factorization
