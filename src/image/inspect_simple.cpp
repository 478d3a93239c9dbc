#include <cctype>
#include <cstdlib>

#include "image/byte_reader.h"
#include "image/inspection.h"

// The formats that hide nothing: a size at a fixed place, then the pixels.
namespace tessera::image {

Inspection inspect_bmp(std::span<const std::byte> bytes, const std::string& where) {
  ByteReader reader(bytes, where);
  reader.take(14);
  const bool is_old = reader.little32() == 12;
  Inspection found;
  found.format = Format::bmp;
  found.width = is_old ? reader.little16() : reader.little32();
  // Negative where rows run from the top.
  found.height = is_old ? reader.little16() : std::abs(std::int64_t(std::int32_t(reader.little32())));
  reader.take(2);
  const std::uint32_t bits = reader.little16();
  if (bits == 0) throw Error("the BMP picture is damaged: its pixels have no bits", where);
  found.most_pixels = double(bytes.size()) * 8 / bits;
  return found;
}

Inspection inspect_gif(std::span<const std::byte> bytes, const std::string& where) {
  ByteReader reader(bytes, where);
  reader.take(6);
  Inspection found;
  found.format = Format::gif;
  found.width = reader.little16();
  found.height = reader.little16();
  // A code of 12 bits stands for at most 4096 pixels, and shorter codes for fewer. The frame may be smaller
  // than the screen, whose size this is: a small screen is allowed without pixels.
  found.most_pixels = double(bytes.size()) * 8 / 12 * 4096 + 1e6;
  return found;
}

namespace {

// The next number of a PNM header, after white space and comments.
int pnm_number(ByteReader& reader) {
  std::uint32_t letter = reader.u8();
  while (letter == '#' || std::isspace(int(letter))) {
    if (letter == '#')
      while (letter != '\n') letter = reader.u8();
    letter = reader.u8();
  }
  int number = 0;
  for (int digits = 1; std::isdigit(int(letter)); ++digits) {
    if (digits > 8)
      throw Error("the PNM picture is damaged: a number in its header is too large", reader.where());
    number = number * 10 + int(letter - '0');
    letter = reader.u8();
  }
  if (!std::isspace(int(letter))) throw Error("the PNM picture has no valid header", reader.where());
  return number;
}

}  // namespace

Inspection inspect_pnm(std::span<const std::byte> bytes, const std::string& where) {
  ByteReader reader(bytes, where);
  const int channels = reader.text(2) == "P6" ? 3 : 1;
  Inspection found;
  found.format = Format::pnm;
  found.width = pnm_number(reader);
  found.height = pnm_number(reader);
  // stb_image neither scales other ranges nor swaps the bytes of 16-bit samples.
  if (const int largest = pnm_number(reader); largest != 255)
    throw Error(
        "the samples of this PNM picture go up to " + std::to_string(largest) + "; only 255 can be read",
        where, "Convert it to PNG");
  found.most_pixels = double(reader.remaining()) / channels;
  return found;
}

}  // namespace tessera::image
