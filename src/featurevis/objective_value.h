#pragma once

#include <vector>

#include "tessera/featurevis/icon_objective.h"

namespace tessera::featurevis {

// One icon's values of its layer, channels last; the scores of all classes are a layer of one position.
struct LayerValues {
  const float* values = nullptr;
  int height = 0;
  int width = 0;
  int channels = 0;
  std::size_t positions() const { return std::size_t(height) * std::size_t(width); }
};

// How the positions share in an objective.
enum class Focus {
  everywhere,  // alike
  centred      // half of it at the centre, half everywhere: alpha icons
};

// The objective (include/tessera/featurevis/icon_objective.h), and into `gradient` (as large as the values)
// its derivative. A caricature's own cube is resampled to the layer's present size, bilinearly.
float evaluate(const IconSubject& subject, const LayerValues& layer, Focus focus, float* gradient);

// The largest value of what the objective measures at any one position: of the channel, of ⟨a, v⟩ without its
// cosine; of a logit the logit.
float peak(const IconSubject& subject, const LayerValues& layer);

}  // namespace tessera::featurevis
