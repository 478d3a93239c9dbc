#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace tessera::image {

// A BMP file in two pieces, of a kind that stb_image reads as Pillow does.
struct PlainBmp {
  std::vector<std::byte> head;        // headers and palette
  std::span<const std::byte> pixels;  // of the file, or of `unpacked`
  std::vector<std::byte> unpacked;    // empty where the file's pixels will do
};

// Rewrites what stb_image does not know (packed runs, headers of OS/2 2 and of Adobe), takes otherwise than
// all others (an unused fourth byte, which it takes for opacity) or scales otherwise than Pillow (5 and 6
// bits a colour). Throws Error: truncated, a kind that cannot be read, more than `most_memory` bytes
// unpacked.
PlainBmp plain_bmp(std::span<const std::byte> bytes, std::size_t most_memory, const std::string& where);

}  // namespace tessera::image
