#include "image/bmp/header.h"

#include <algorithm>
#include <cstdlib>

#include "image/byte_reader.h"

namespace tessera::image {
namespace {

// Sizes name the kinds: OS/2 1, Windows 3, two by Adobe, OS/2 2, Windows 4 and 5.
enum Size : std::uint32_t {
  core = 12,
  info = 40,
  with_masks = 52,
  with_opacity = 56,
  os2 = 64,
  v4 = 108,
  v5 = 124
};
constexpr std::uint32_t sizes[] = {core, info, with_masks, with_opacity, os2, v4, v5};
constexpr std::size_t file_header = 14;

using Masks = std::array<std::uint32_t, 4>;
constexpr Masks five_bits = {0x7C00, 0x3E0, 0x1F, 0};
constexpr Masks eight_bits = {0xFF0000, 0xFF00, 0xFF, 0};

bool has_same_colors(const Masks& a, const Masks& b) {
  return std::equal(a.begin(), a.begin() + 3, b.begin());
}

[[noreturn]] void refuse(const std::string& why, const std::string& where) {
  throw Error("this BMP picture " + why + ", which cannot be read", where, "Convert it to PNG");
}

// `size` is that of the header; the OS/2 of 64 bytes has other compressions under numbers above 2.
void check_kind(const BmpHeader& header, std::uint32_t size, const std::string& where) {
  using enum BmpHeader::Compression;
  const std::uint32_t bits = header.bits;
  if (bits != 1 && bits != 4 && bits != 8 && bits != 16 && bits != 24 && bits != 32)
    refuse("has " + std::to_string(bits) + " bits a pixel", where);
  const bool is_known = header.compression == plain || (header.compression == runs_of_8_bits && bits == 8) ||
                        (header.compression == runs_of_4_bits && bits == 4) ||
                        (header.compression == masked && bits >= 16 && size != os2);
  if (!is_known)
    refuse("is compressed in way " + std::to_string(header.compression) + " with " + std::to_string(bits) +
               " bits a pixel",
           where);
  if (header.compression == masked && bits == 24 && !has_same_colors(header.masks, eight_bits))
    refuse("arranges its 24 bits a pixel in an unusual way", where);
}

// `reader` is behind the fields that all headers but the first kind have.
void read_masks(BmpHeader& header, std::uint32_t size, ByteReader& reader) {
  if (header.compression == BmpHeader::masked) {
    for (std::size_t i = 0; i < 3; ++i) header.masks[i] = reader.little32();
    if (size >= with_opacity) header.masks[3] = reader.little32();
    // Written by some programs for the usual order, with opacity.
    if (header.masks == Masks{}) header.masks = {eight_bits[0], eight_bits[1], eight_bits[2], 0xFF000000};
  } else {
    header.masks = header.bits == 16 ? five_bits : eight_bits;
  }
}

}  // namespace

BmpHeader read_bmp_header(std::span<const std::byte> bytes, const std::string& where) {
  ByteReader reader(bytes, where);
  reader.take(file_header - 4);
  std::size_t pixels_at = reader.little32();
  const std::uint32_t size = reader.little32();
  if (std::find(std::begin(sizes), std::end(sizes), size) == std::end(sizes))
    refuse("has a header of " + std::to_string(size) + " bytes", where);

  BmpHeader header;
  std::size_t colors = 0;
  if (size == core) {
    header.width = reader.little16();
    header.height = reader.little16();
    reader.take(2);
    header.bits = reader.little16();
    header.color_size = 3;
  } else {
    header.width = reader.little32();
    const auto height = std::int64_t(std::int32_t(reader.little32()));
    header.is_top_down = height < 0;
    header.height = std::abs(height);
    reader.take(2);
    header.bits = reader.little16();
    header.compression = BmpHeader::Compression(reader.little32());
    reader.take(12);
    colors = reader.little32();
    reader.take(4);
  }
  read_masks(header, size, reader);
  check_kind(header, size, where);

  const bool has_masks_behind = header.compression == BmpHeader::masked && size == info;
  const std::size_t palette_at = file_header + size + (has_masks_behind ? 12 : 0);
  std::size_t palette_size = 0;
  if (header.bits <= 8) {
    if (colors == 0) colors = std::size_t(1) << header.bits;
    if (colors > 65536) refuse("has " + std::to_string(colors) + " colours in its palette", where);
    palette_size = colors * header.color_size;
  }
  // Some files leave out where the pixels are, or forget their palette there.
  if (pixels_at == 0 || (pixels_at == palette_at && header.bits <= 8)) pixels_at = palette_at + palette_size;
  ByteReader whole(bytes, where);
  whole.take(std::max(pixels_at, palette_at));
  header.pixels = bytes.subspan(pixels_at);
  const auto behind = bytes.subspan(palette_at);
  header.palette = behind.first(std::min(palette_size, behind.size()));
  return header;
}

}  // namespace tessera::image
