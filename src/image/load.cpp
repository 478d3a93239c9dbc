#include "tessera/image/load.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/read_file.h"
#include "image/decode.h"
#include "image/flatten.h"
#include "image/inspection.h"
#include "image/orientation.h"
#include "image/read_picture.h"
#include "image/resample.h"
#include "tessera/base/error.h"

namespace tessera::image {
namespace {

// A wider or higher picture is no photograph, and only costs memory for its resampling.
constexpr std::int64_t longest_stored_side = 300'000;

void check_size(const Inspection& picture, const LoadLimits& limits, const std::string& where) {
  const std::string size = std::to_string(picture.width) + " x " + std::to_string(picture.height) + " pixels";
  if (picture.width < 1 || picture.height < 1) throw Error("the picture is damaged: it has " + size, where);
  if (picture.pixels() > double(limits.most_pixels) ||
      std::max(picture.width, picture.height) > longest_stored_side)
    throw Error("the picture is too large, with " + size, where,
                "At most " + std::to_string(limits.most_pixels / 1'000'000) + " megapixels and " +
                    std::to_string(longest_stored_side) + " pixels a side can be read; make it smaller");
  if (picture.pixels() > picture.most_pixels)
    throw Error("the picture is truncated: the file is too short for " + size, where,
                "Copy or download it again");
}

Image whole(const Decoded& picture) {
  Image result(picture.width, picture.height);
  for (int y = 0; y < picture.height; ++y) flatten_row(picture, y, result.pixel(0, y));
  return result;
}

Image reduced(const Decoded& picture, int longest_side) {
  const double scale = double(longest_side) / std::max(picture.width, picture.height);
  const auto axis = [&](int size) {
    const int count = std::clamp(int(std::lround(size * scale)), 1, longest_side);
    return Axis{0, size, double(count), 0, count};
  };
  std::vector<std::uint8_t> row(std::size_t(picture.width) * 3);
  return resample(axis(picture.width), axis(picture.height), [&](int y) {
    flatten_row(picture, y, row.data());
    return row.data();
  });
}

}  // namespace

Image read_picture(std::span<const std::byte> bytes, const std::string& where, const LoadLimits& limits) {
  const Inspection inspection = inspect(bytes, where);
  check_size(inspection, limits, where);
  const Decoded decoded = decode(bytes, inspection, limits.most_memory, where);
  const bool fits = std::max(decoded.width, decoded.height) <= limits.longest_side;
  return upright(fits ? whole(decoded) : reduced(decoded, limits.longest_side), inspection.orientation);
}

Image load(const std::filesystem::path& file, const LoadLimits& limits) {
  return read_picture(read_file(file, limits.most_memory), file.string(), limits);
}

}  // namespace tessera::image
