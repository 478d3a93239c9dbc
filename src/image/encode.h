#pragma once

#include <map>
#include <string>

#include "tessera/image/image.h"

namespace tessera::image {

// The bytes of a PNG (8-bit RGB, sRGB chunk) with UTF-8 text chunks, as `save_png` writes them; `where` names
// it in errors. Throws Error.
std::string encode_png(const Image& picture, const std::map<std::string, std::string>& texts = {},
                       double pixels_per_inch = 0, const std::string& where = {});

// The bytes of a baseline JPEG. `quality` from 1 to 100; above 90 every sample of colour is kept (4:4:4) and
// nothing is seen of the loss at the picture's own size. Throws Error.
std::string encode_jpeg(const Image& picture, int quality);

}  // namespace tessera::image
