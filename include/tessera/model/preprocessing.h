#pragma once

#include <array>
#include <string>

#include "tessera/image/fit.h"

namespace tessera::model {

enum class ChannelOrder { rgb, bgr, grey };  // grey: one channel, ITU-R 601 luma

// How a picture becomes the network's input: fitted to a size, then per channel (value * range / 255 - mean) / std.
struct Preprocessing {
  image::Fit fit;                        // width, height, rule
  double range = 1.0;                    // what a pixel of 255 becomes before mean and std: 1 or 255
  std::array<double, 3> mean{0.485, 0.456, 0.406};  // in units of `range`; only the first counts for grey
  std::array<double, 3> std{0.229, 0.224, 0.225};
  ChannelOrder order = ChannelOrder::rgb;

  int channels() const { return order == ChannelOrder::grey ? 1 : 3; }
  bool operator==(const Preprocessing&) const = default;
};

// Where a model's preprocessing came from; `assumed` deserves a question to the user.
enum class PreprocessingSource { archive, sidecar, option, remembered, assumed };

// One line of text that holds all of it, and back. The form of the command line's --preprocess:
// comma separated fields, each optional, in any order, over ImageNet defaults:
//   "224x224,range=1,mean=0.485/0.456/0.406,std=0.229/0.224/0.225,order=rgb,fit=center_crop,crop=0.875"
// `size` alone may also be "size=224" (square). Names of presets stand for whole sets and come first: "imagenet",
// "inception" (mean = std = 0.5), "unit" (0…1), "raw" (0…255), "minus_one_one" (-1…1). Throws Error on anything else.
std::string to_text(const Preprocessing& preprocessing);
Preprocessing preprocessing_from_text(const std::string& text);

}  // namespace tessera::model
