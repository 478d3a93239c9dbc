#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace tessera::image {

// The headers of a BMP file, of any of the kinds that Windows and OS/2 have had, as Pillow takes them.
struct BmpHeader {
  enum Compression : std::uint32_t { plain = 0, runs_of_8_bits = 1, runs_of_4_bits = 2, masked = 3 };

  std::int64_t width = 0;
  std::int64_t height = 0;
  bool is_top_down = false;
  std::uint32_t bits = 0;  // a pixel: 1, 4, 8, 16, 24, 32
  Compression compression = plain;
  // Of 16 and 32 bits: where in a pixel red, green, blue and opacity are. No bits are opacity unless the file
  // says so: the fourth byte is otherwise unused, and programs leave anything in it.
  std::array<std::uint32_t, 4> masks{};
  std::span<const std::byte>
      palette;  // of up to 8 bits; `color_size` bytes a colour: blue, green, red, and one unused
  std::size_t color_size = 4;
  std::span<const std::byte> pixels;  // from the first pixel to the end of the file

  bool is_packed() const { return compression == runs_of_8_bits || compression == runs_of_4_bits; }
};

// Throws Error: truncated, or a kind that cannot be read.
BmpHeader read_bmp_header(std::span<const std::byte> bytes, const std::string& where);

}  // namespace tessera::image
