#include "featurevis/picture_bytes.h"

#include "image/read_picture.h"
#include "tessera/base/error.h"

namespace tessera::featurevis {

Image read_icon_picture(std::span<const std::byte> bytes, int size, const std::string& where) {
  const std::size_t pixels = std::size_t(size) * std::size_t(size);
  image::LoadLimits limits;
  limits.most_pixels = pixels;
  limits.longest_side = size;
  limits.most_memory = (std::size_t(1) << 20) + pixels * 16;
  Image picture = image::read_picture(bytes, where, limits);
  if (picture.width != size || picture.height != size)
    throw Error("the icon's picture is not " + std::to_string(size) + " pixels a side", where);
  return picture;
}

}  // namespace tessera::featurevis
