#include "featurevis/spectrum.h"

#include <algorithm>
#include <cmath>

#include "model/torch.h"

namespace tessera::featurevis {
namespace {

constexpr double overall = 4;

}  // namespace

Spectrum::Spectrum(int size, int planes, int smooth_from, float smoothness) : size_(size), planes_(planes) {
  const int half = size / 2 + 1;
  gain_.resize(std::size_t(planes) * std::size_t(size) * std::size_t(half));
  adjoint_.resize(gain_.size());
  std::size_t i = 0;
  for (int plane = 0; plane < planes; ++plane)
    for (int row = 0; row < size; ++row)
      for (int column = 0; column < half; ++column, ++i) {
        const double fy = double(row <= size / 2 ? row : row - size) / size;
        const double fx = double(column) / size;
        const double lowest = 1.0 / size;
        const double frequency = std::max(std::sqrt(fx * fx + fy * fy), lowest);
        double gain = size / frequency / overall;
        if (plane >= smooth_from) gain *= std::pow(lowest / frequency, double(smoothness));
        gain_[i] = float(gain);
        // Columns but the first (and the last of an even size) stand for their mirror image, too.
        const bool single = column == 0 || (size % 2 == 0 && column == size / 2);
        adjoint_[i] = float(gain * (single ? 1 : 2) / (double(size) * size));
      }
}

void Spectrum::to_planes(const float* spectrum, float* planes) const {
  const at::InferenceMode inference;
  const int half = size_ / 2 + 1;
  at::Tensor scaled = at::empty({planes_, size_, half}, at::kComplexFloat);
  float* to = reinterpret_cast<float*>(scaled.data_ptr<c10::complex<float>>());
  for (std::size_t i = 0; i < gain_.size(); ++i) {
    to[2 * i] = spectrum[2 * i] * gain_[i];
    to[2 * i + 1] = spectrum[2 * i + 1] * gain_[i];
  }
  at::Tensor out = at::from_blob(planes, {planes_, size_, size_}, at::kFloat);
  // norm 2: times 1/(h·w)
  at::_fft_c2r_out(out, scaled, {1, 2}, 2, size_);
}

void Spectrum::from_planes(const float* gradient, float* spectrum_gradient) const {
  const at::InferenceMode inference;
  const at::Tensor in = at::from_blob(const_cast<float*>(gradient), {planes_, size_, size_}, at::kFloat);
  const at::Tensor whole = at::_fft_r2c(in, {1, 2}, 0, /*onesided=*/true).contiguous();
  const float* from = reinterpret_cast<const float*>(whole.data_ptr<c10::complex<float>>());
  for (std::size_t i = 0; i < adjoint_.size(); ++i) {
    spectrum_gradient[2 * i] = from[2 * i] * adjoint_[i];
    spectrum_gradient[2 * i + 1] = from[2 * i + 1] * adjoint_[i];
  }
}

}  // namespace tessera::featurevis
