#include <zlib.h>

#include <algorithm>

#include "image/byte_reader.h"
#include "image/inspection.h"
#include "image/metadata/png_orientation.h"

namespace tessera::image {
namespace {

struct PngChunk {
  std::string_view type;
  std::span<const std::byte> data;
};

PngChunk next_chunk(ByteReader& reader) {
  const std::size_t length = reader.big32();
  const std::string_view type = reader.text(4);
  const auto data = reader.take(length);
  const std::uint32_t stored = reader.big32();
  uLong checksum = crc32_z(0, reinterpret_cast<const Bytef*>(type.data()), type.size());
  checksum = crc32_z(checksum, reinterpret_cast<const Bytef*>(data.data()), data.size());
  if (checksum != stored)
    throw Error("the PNG picture is damaged: a checksum is wrong", reader.where(),
                "Copy or download it again");
  return {type, data};
}

}  // namespace

Inspection inspect_png(std::span<const std::byte> bytes, const std::string& where) {
  ByteReader reader(bytes, where);
  reader.take(8);
  const PngChunk first = next_chunk(reader);
  // Apple's own variant begins with a chunk CgBI; stb_image would show it with red and blue exchanged.
  if (first.type == "CgBI")
    throw Error("this is Apple's own variant of PNG, which cannot be read", where,
                "Convert it to an ordinary PNG");
  if (first.type != "IHDR" || first.data.size() != 13)
    throw Error("the PNG picture has no valid header", where);

  ByteReader header(first.data, where);
  Inspection found;
  found.format = Format::png;
  found.width = header.big32();
  found.height = header.big32();
  const std::uint32_t depth = header.u8();
  const std::uint32_t color = header.u8();
  found.is_16_bit = depth == 16;
  const double channels = color == 2 ? 3 : color == 4 ? 2 : color == 6 ? 4 : 1;

  // Deflate expands a byte to at most 1032.
  double compressed = 0;
  PngOrientation orientation;
  for (PngChunk chunk = next_chunk(reader); chunk.type != "IEND"; chunk = next_chunk(reader)) {
    if (chunk.type == "IDAT") compressed += double(chunk.data.size());
    orientation.see(chunk.type, {reinterpret_cast<const char*>(chunk.data.data()), chunk.data.size()});
  }
  found.orientation = orientation.value();
  found.most_pixels = compressed * 1032 * 8 / (channels * std::max(1.0, double(depth)));
  return found;
}

}  // namespace tessera::image
