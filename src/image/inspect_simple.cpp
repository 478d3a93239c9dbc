#include <cctype>

#include "image/bmp/header.h"
#include "image/byte_reader.h"
#include "image/inspection.h"

// The formats that hide nothing: a size at a fixed place, then the pixels.
namespace tessera::image {

Inspection inspect_bmp(std::span<const std::byte> bytes, const std::string& where) {
  const BmpHeader header = read_bmp_header(bytes, where);
  Inspection found;
  found.format = Format::bmp;
  found.width = header.width;
  found.height = header.height;
  // Of packed runs four bytes pass over at most 255 rows, and two make at most a row.
  found.most_pixels = header.is_packed() ? double(bytes.size()) / 4 * 255 * double(header.width)
                                         : double(bytes.size()) * 8 / header.bits;
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
