#pragma once

#include <cstdint>

namespace tessera::factorization {

// 8-bit sRGB.
struct Hue {
  std::uint8_t red = 0, green = 0, blue = 0;
  bool operator==(const Hue&) const = default;
};

inline constexpr int hue_count = 32;

// The colour of a group, from its identity alone (matching.h), so that it survives every change that the
// identity does: going from k to k + 1 adds a colour and changes none. Identities from 32 on begin anew. Each
// colour is as far as can be from all before it, for full colour vision, protanopia, deuteranopia and
// tritanopia alike; the first eight differ by at least 0.12 in Oklab under each but the last, the first
// sixteen by 0.079.
Hue hue_of(int identity);

// What belongs to no group: the residual, the mean, the bias.
inline constexpr Hue no_group{128, 128, 128};

}  // namespace tessera::factorization
