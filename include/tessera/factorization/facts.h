#pragma once

#include <vector>

#include "tessera/factorization/factorization.h"

namespace tessera::factorization {

// What can be said of the atoms of a factorization without the network. G_i = map ⊗ direction of atom i.

double magnitude(const Factorization& factorization, int atom);  // ‖G_i‖_F

// G_i, positions x channels.
Matrix group_cube(const Factorization& factorization, int atom);

// A − Σ G_i: what no atom explains.
Matrix residual_cube(const Factorization& factorization, MatrixView a);

struct ChannelWeight {
  int channel = 0;
  float weight = 0;  // the direction's entry; directions have length 1
};

// The channels with the largest magnitudes in an atom's direction, descending; zeros are left out.
std::vector<ChannelWeight> top_channels(const Factorization& factorization, int atom, int count);

// ⟨G_i, gradient⟩ of each atom, and of the residual A − ΣG: together they are ⟨A, gradient⟩, the sum over all
// neurons.
struct GroupAttribution {
  std::vector<double> atoms;
  double residual = 0;
};
GroupAttribution attribution(const Factorization& factorization, MatrixView a, MatrixView gradient);

// An atom's map laid over the picture: image_height x image_width, bilinear between the centres of the
// layer's cells. `height`, `width`: of the layer, height · width positions.
Matrix map_in_image(const Factorization& factorization, int atom, int height, int width, int image_height,
                    int image_width);

// Atoms from left to right by the centre of mass of |map| (the article's order); empty ones last. For
// `reordered`.
std::vector<int> left_to_right(const Factorization& factorization, int width);

}  // namespace tessera::factorization
