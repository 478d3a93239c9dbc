#pragma once

#include "tessera/image/image.h"

namespace tessera::image {

// How a picture of any shape becomes the network's input.
enum class FitRule {
  center_crop,  // cut out the largest centred part of the wanted shape (of it, `crop_fraction`), then scale
  letterbox,    // scale so that the longer side fits, fill the rest with mid grey
  stretch       // scale both sides independently
};

struct Fit {
  int width = 224;
  int height = 224;
  FitRule rule = FitRule::center_crop;
  // For center_crop: the share of the picture's shorter side that is kept, in [0.01, 1]; 0.875 is the habit of many
  // published evaluations (scale to 256, crop 224), 1 keeps all of it.
  double crop_fraction = 1.0;

  bool operator==(const Fit&) const = default;
};

// A rectangle in pixels of the original picture; may reach beyond it (letterbox).
struct Region {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

struct Fitted {
  Image image;    // fit.width x fit.height
  Region region;  // what of the original it shows
};

// Resizes with an antialiased bicubic filter (a = -0.5, support scaled when shrinking: Pillow's BICUBIC, within 2/255)
// and crops or pads. A picture that already has the wanted size is returned unchanged, whatever the rule.
Fitted fit(const Image& picture, const Fit& wanted);

}  // namespace tessera::image
