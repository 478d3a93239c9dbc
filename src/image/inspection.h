#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace tessera::image {

enum class Format { png, jpeg, bmp, gif, pnm };

// As people write it: "PNG".
const char* name_of(Format format);

// What can be known of a picture file without decoding it.
struct Inspection {
  Format format = Format::png;
  std::int64_t width = 0;
  std::int64_t height = 0;
  int channels = 0;  // of a JPEG: 1 grey, 3 colour, 4 CMYK or its kin; 0 for other formats
  bool is_16_bit = false;
  // An upper bound of how many pixels a file of this length and format can hold.
  double most_pixels = 0;
  int orientation = 1;  // what has to be done to the stored rows, 1 to 8 as EXIF counts

  double pixels() const { return double(width) * double(height); }
};

// Checks as much of a file's structure as the decoders, which are lenient, leave unchecked: truncation,
// checksums, and kinds of picture that they would show wrongly. Throws Error.
Inspection inspect(std::span<const std::byte> bytes, const std::string& where);

// One for each format; the bytes begin with its signature.
Inspection inspect_png(std::span<const std::byte> bytes, const std::string& where);
Inspection inspect_jpeg(std::span<const std::byte> bytes, const std::string& where);
Inspection inspect_bmp(std::span<const std::byte> bytes, const std::string& where);
Inspection inspect_gif(std::span<const std::byte> bytes, const std::string& where);
Inspection inspect_pnm(std::span<const std::byte> bytes, const std::string& where);

}  // namespace tessera::image
