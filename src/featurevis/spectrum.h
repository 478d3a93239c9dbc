#pragma once

#include <vector>

namespace tessera::featurevis {

// Pictures as spectra (design: Numbers, Image parameterisation): planes of size × size from size × (size/2 +
// 1) complex numbers each, t = irfft2(scale·S)/4. Small steps in all numbers then change large shapes as much
// as fine grain.
class Spectrum {
 public:
  // `planes` one behind the other; those from `smooth_from` on fall off with a further `smoothness` powers of
  // the frequency.
  Spectrum(int size, int planes, int smooth_from = 1000, float smoothness = 0);

  int size() const { return size_; }
  std::size_t numbers() const { return 2 * gain_.size(); }  // real and imaginary part, for each plane
  std::size_t pixels() const { return std::size_t(size_) * std::size_t(size_); }

  // What each complex number is multiplied by: √(w·h) / max(f, 1/max(w, h)) / 4.
  const std::vector<float>& gain() const { return gain_; }

  void to_planes(const float* spectrum, float* planes) const;
  // Its adjoint.
  void from_planes(const float* gradient, float* spectrum_gradient) const;

 private:
  int size_;
  int planes_;
  std::vector<float> gain_;     // planes × size × (size/2 + 1)
  std::vector<float> adjoint_;  // the same times what the real transform's symmetry adds
};

}  // namespace tessera::featurevis
