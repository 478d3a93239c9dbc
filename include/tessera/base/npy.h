#pragma once

#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "tessera/base/cube.h"

namespace tessera::npy {

// A NumPy array of any rank, C order, widened or narrowed to float32.
struct Array {
  std::vector<std::size_t> shape;
  std::vector<float> values;
  std::string stored = {};   // the type in the file it was read from: "f4", "f8", "u1"…; else empty
  double largest = 0;        // of an f8 that was read: the greatest finite magnitude in the file
  std::size_t vanished = 0;  // and how many values that are not 0 there are 0 in float32
};

// The bytes of a .npy file: version 1.0, little-endian float32, C order. Throws Error where the shape does
// not fit.
std::string encode(std::span<const std::size_t> shape, std::span<const float> values);

// Writes .npy version 1.0, little-endian float32, C order, atomically. Throws Error.
void save(const std::filesystem::path& file, std::span<const std::size_t> shape,
          std::span<const float> values);
void save(const std::filesystem::path& file, const Cube& cube);  // shape (H, W, C)

// Reads .npy versions 1-3 with dtype f4, f8, f2, i4, i8, u1 or b1, either byte order, C or Fortran order
// (returned as C). Whole numbers beyond 2^24 and the digits of f8 beyond float32's are rounded. Strict:
// refuses malformed headers, sizes that overflow or exceed `most_values`, and files whose length differs from
// what the header says. Throws Error.
Array load(const std::filesystem::path& file, std::size_t most_values = std::size_t(1) << 30);
Array parse(std::span<const std::byte> bytes, const std::string& where,
            std::size_t most_values = std::size_t(1) << 30);

}  // namespace tessera::npy
