#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tessera/image/image.h"
#include "tessera/model/model.h"

namespace tessera::model {

// What one channel of the layer before adds to a channel, before any activation function: the mean over
// positions of its weights times its activations. (For a 1 × 1 convolution: weight × mean activation.)
struct ChannelInput {
  int channel = 0;
  float weight = 0;  // of the kernel, the entry of largest magnitude
  float contribution = 0;
};

struct ChannelInputs {
  std::string layer;                 // whose channels they are; empty where that value has no name
  std::vector<ChannelInput> inputs;  // by descending magnitude of contribution
  float bias = 0;                    // with it, the contributions add up to the mean before the activation
};
inline std::size_t memory_cost(const ChannelInputs& value) {
  return sizeof(value) + value.inputs.size() * sizeof(ChannelInput);
}

// Of the convolution that makes a layer, looked for through batch norms that have been folded and activation
// functions. Throws Error for unknown layers and channels, and for layers that no convolution makes.
ChannelInputs channel_inputs(Model& model, const Image& picture, const std::string& layer, int channel);

}  // namespace tessera::model
