#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

namespace tessera::featurevis {

// The same numbers on every platform, which the standard's distributions do not promise.
class Random {
 public:
  // Streams of one seed are independent of each other.
  explicit Random(std::uint64_t seed, std::uint64_t stream = 0)
      : engine_(seed ^ (stream * 0x9e3779b97f4a7c15u + (stream << 32))) {}

  double uniform() { return double(engine_() >> 11) * 0x1p-53; }  // [0, 1)
  int below(int count) { return int(uniform() * count); }         // 0 … count - 1, equally likely

  // Mean 0, variance 1 (Box and Muller 1958).
  float normal() {
    if (kept_) {
      kept_ = false;
      return other_;
    }
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    const double angle = 2 * std::numbers::pi * uniform();
    kept_ = true;
    other_ = float(radius * std::sin(angle));
    return float(radius * std::cos(angle));
  }

 private:
  std::mt19937_64 engine_;
  bool kept_ = false;
  float other_ = 0;
};

}  // namespace tessera::featurevis
