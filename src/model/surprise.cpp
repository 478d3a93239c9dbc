#include "model/surprise.h"

namespace tessera::model {

Surprise measure_surprise(const at::Tensor& values, const FirstNorm& norm) {
  at::Tensor mean = values.mean({0, 2, 3});
  at::Tensor deviation = values.var({0, 2, 3}, /*unbiased=*/false).sqrt();
  if (norm.bias.defined()) mean = mean - norm.bias;
  if (norm.weight.defined()) {
    // Channels that training switched off say nothing.
    const at::Tensor size = norm.weight.abs();
    const at::Tensor counts = size > size.max() * 1e-3;
    mean = mean.masked_select(counts) / size.masked_select(counts);
    deviation = deviation.masked_select(counts) / size.masked_select(counts);
  }
  // Medians: a few channels of a sound network may well be far off.
  return {deviation.median().item<float>(), mean.abs().median().item<float>()};
}

}  // namespace tessera::model
