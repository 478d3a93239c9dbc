#include <algorithm>
#include <limits>

#include "featurevis/target.h"
#include "tessera/base/error.h"
#include "tessera/featurevis/icon_quality.h"

namespace tessera::featurevis {

std::vector<float> natural_reference(model::Model& model, const std::string& layer,
                                     std::span<const Image> pictures) {
  if (pictures.empty()) throw Error("there is no natural picture to compare icons with");
  const at::NoGradGuard no_grad;
  model::Model::Impl& impl = model.impl();
  const Target target(impl, layer, at::kFloat);
  std::vector<float> largest(std::size_t(target.channels()), -std::numeric_limits<float>::infinity());
  for (const Image& picture : pictures) {
    Trace trace;
    const at::Tensor values = target.to_positions(target.part().forward(impl.input_of(picture), trace));
    const at::Tensor best = values.flatten(0, 2).amax(0).contiguous();
    const float* found = best.data_ptr<float>();
    for (std::size_t c = 0; c < largest.size(); ++c) largest[c] = std::max(largest[c], found[c]);
  }
  return largest;
}

}  // namespace tessera::featurevis
