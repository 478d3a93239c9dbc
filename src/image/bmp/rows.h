#pragma once

#include <cstddef>
#include <cstdint>

namespace tessera::image {

// The bytes of a row of a BMP: filled up to a multiple of four.
inline std::size_t bmp_row_bytes(std::int64_t width, std::uint32_t bits) {
  return (std::size_t(width) * bits + 31) / 32 * 4;
}

}  // namespace tessera::image
