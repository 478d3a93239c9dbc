#include "image/bmp/plain.h"

#include <algorithm>
#include <utility>

#include "image/bmp/header.h"
#include "image/bmp/rows.h"
#include "image/bmp/runs.h"
#include "image/byte_reader.h"
#include "image/refusals.h"

namespace tessera::image {
namespace {

class HeadWriter {
 public:
  HeadWriter& u8(std::uint32_t value) {
    head_.push_back(std::byte(value & 0xFF));
    return *this;
  }
  HeadWriter& u16(std::uint32_t value) { return u8(value).u8(value >> 8); }
  HeadWriter& u32(std::uint32_t value) { return u16(value).u16(value >> 16); }
  HeadWriter& zeros(std::size_t count) {
    head_.resize(head_.size() + count);
    return *this;
  }
  HeadWriter& bytes(std::span<const std::byte> more) {
    head_.insert(head_.end(), more.begin(), more.end());
    return *this;
  }
  std::vector<std::byte> take() { return std::move(head_); }

 private:
  std::vector<std::byte> head_;
};

constexpr std::uint32_t most_colors = 256;

// All colours that a byte can name, so that nothing is read beyond them. Those that the file lacks are black,
// as in Pillow.
void write_palette(const BmpHeader& header, HeadWriter& head) {
  const auto given =
      std::uint32_t(std::min<std::size_t>(header.palette.size() / header.color_size, most_colors));
  for (std::uint32_t i = 0; i < given; ++i)
    head.bytes(header.palette.subspan(i * header.color_size, 3)).u8(0);
  head.zeros((most_colors - given) * 4);
}

// A header of Windows 3, or with masks of Windows 4.
std::vector<std::byte> write_head(const BmpHeader& header, std::uint32_t bits) {
  const bool has_palette = bits <= 8, has_masks = bits == 16 || bits == 32;
  const std::uint32_t size = has_masks ? 108 : 40;
  HeadWriter head;
  head.u8('B').u8('M').zeros(8).u32(14 + size + (has_palette ? most_colors * 4 : 0));
  head.u32(size).u32(std::uint32_t(header.width));
  head.u32(std::uint32_t(header.is_top_down ? -header.height : header.height));
  head.u16(1).u16(bits).u32(has_masks ? BmpHeader::masked : BmpHeader::plain).zeros(20);
  if (has_masks) {
    for (const std::uint32_t mask : header.masks) head.u32(mask);
    head.zeros(13 * 4);
  }
  if (has_palette) write_palette(header, head);
  return head.take();
}

// Pixels of 16 bits whose colours have 5 bits, green maybe 6. As in Pillow, other bits are nothing, not
// opacity either.
bool is_five_bits(const BmpHeader& header) {
  const bool has_five = header.masks[0] == 0x7C00 && header.masks[1] == 0x3E0;
  const bool has_six = header.masks[0] == 0xF800 && header.masks[1] == 0x7E0;
  return header.bits == 16 && (has_five || has_six) && header.masks[2] == 0x1F;
}

// The same pixels with 24 bits, scaled and rounded down as Pillow does.
std::vector<std::byte> expand_five_bits(const BmpHeader& header, const std::string& where) {
  const bool has_six = header.masks[1] == 0x7E0;
  const std::uint32_t green = has_six ? 63 : 31, red_at = has_six ? 11 : 10;
  const std::size_t used = std::size_t(header.width) * 2;
  const std::size_t filled = bmp_row_bytes(header.width, 16), row = bmp_row_bytes(header.width, 24);
  std::vector<std::byte> expanded(row * std::size_t(header.height));
  std::byte* start = expanded.data();
  ByteReader reader(header.pixels, where);
  for (std::int64_t y = 0; y < header.height; ++y) {
    ByteReader pixels(reader.take(used), where);
    reader.take(std::min(filled - used, reader.remaining()));
    std::byte* to = std::exchange(start, start + row);
    for (std::int64_t x = 0; x < header.width; ++x) {
      const std::uint32_t pixel = pixels.little16();
      *to++ = std::byte((pixel & 31) * 255 / 31);
      *to++ = std::byte((pixel >> 5 & green) * 255 / green);
      *to++ = std::byte((pixel >> red_at & 31) * 255 / 31);
    }
  }
  return expanded;
}

}  // namespace

PlainBmp plain_bmp(std::span<const std::byte> bytes, std::size_t most_memory, const std::string& where) {
  const BmpHeader header = read_bmp_header(bytes, where);
  const bool is_expanded = is_five_bits(header);
  const std::uint32_t bits = header.is_packed() ? 8 : is_expanded ? 24 : header.bits;
  PlainBmp plain;
  plain.head = write_head(header, bits);
  plain.pixels = header.pixels;
  if (header.is_packed() || is_expanded) {
    if (bmp_row_bytes(header.width, bits) * std::size_t(header.height) > most_memory)
      refuse_as_too_large(Format::bmp, most_memory, where);
    plain.unpacked = header.is_packed() ? unpack_runs(header, where) : expand_five_bits(header, where);
    plain.pixels = plain.unpacked;
  }
  return plain;
}

}  // namespace tessera::image
