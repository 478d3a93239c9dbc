#include "tessera/base/npy.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <numeric>

#include "base/npy_header.h"
#include "base/read_file.h"
#include "tessera/base/atomic_file.h"
#include "tessera/base/error.h"

namespace tessera::npy {
namespace {

// Refuses a shape whose product is too large, or does not fit at all.
std::size_t count_values(std::span<const std::size_t> shape, std::size_t most_values,
                         const std::string& where) {
  if (std::find(shape.begin(), shape.end(), std::size_t(0)) != shape.end()) return 0;
  std::size_t count = 1;
  for (const std::size_t size : shape) {
    if (count > most_values / size)
      throw Error("the array has more than " + std::to_string(most_values) + " values", where);
    count *= size;
  }
  return count;
}

float half_to_float(std::uint16_t bits) {
  const int exponent = bits >> 10 & 31;
  const float fraction = float(bits & 1023);
  const float sign = bits & 0x8000 ? -1.0f : 1.0f;
  if (exponent == 31) return fraction == 0 ? sign * std::numeric_limits<float>::infinity() : std::nanf("");
  return sign * (exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(fraction + 1024, exponent - 25));
}

template <typename Stored>
Stored read_as(const std::byte* at, bool big_endian) {
  std::array<std::byte, sizeof(Stored)> bytes;
  std::memcpy(bytes.data(), at, sizeof(Stored));
  if (big_endian != (std::endian::native == std::endian::big)) std::reverse(bytes.begin(), bytes.end());
  return std::bit_cast<Stored>(bytes);
}

using Convert = float (*)(const std::byte* at, bool big_endian);

template <typename Stored>
float convert(const std::byte* at, bool big_endian) {
  return float(read_as<Stored>(at, big_endian));
}

Convert converter(const Header& header, const std::string& where) {
  const auto is = [&](char kind, std::size_t size) {
    return header.kind == kind && header.item_size == size;
  };
  if (is('f', 4)) return convert<float>;
  if (is('f', 8)) return convert<double>;
  if (is('f', 2))
    return [](const std::byte* at, bool big_endian) {
      return half_to_float(read_as<std::uint16_t>(at, big_endian));
    };
  if (is('i', 4)) return convert<std::int32_t>;
  if (is('i', 8)) return convert<std::int64_t>;
  if (is('u', 1)) return convert<std::uint8_t>;
  if (is('b', 1)) return [](const std::byte* at, bool) { return *at == std::byte(0) ? 0.0f : 1.0f; };
  if (header.kind == 'O')
    throw Error("the array holds Python objects, which cannot be read", where, "Save it as float32");
  throw Error(
      std::string("values of the type ") + header.kind + std::to_string(header.item_size) + " cannot be read",
      where, "Save the array as float32");
}

// What float32 makes of the range of an f8.
void note_range(Array& array, std::span<const std::byte> stored, bool big_endian) {
  for (std::size_t i = 0; i < array.values.size(); ++i) {
    const auto value = read_as<double>(stored.data() + i * sizeof(double), big_endian);
    if (std::isfinite(value)) array.largest = std::max(array.largest, std::abs(value));
    array.vanished += value != 0 && array.values[i] == 0;
  }
}

// The same values with the last index running fastest instead of the first.
std::vector<float> fortran_to_c(const std::vector<float>& values, std::span<const std::size_t> shape) {
  std::vector<std::size_t> index(shape.size(), 0), stride(shape.size(), 1);
  for (std::size_t d = 1; d < shape.size(); ++d) stride[d] = stride[d - 1] * shape[d - 1];
  std::vector<float> reordered(values.size());
  std::size_t from = 0;
  for (float& value : reordered) {
    value = values[from];
    for (std::size_t d = shape.size(); d-- > 0;) {
      from += stride[d];
      if (++index[d] < shape[d]) break;
      from -= stride[d] * shape[d];
      index[d] = 0;
    }
  }
  return reordered;
}

// As NumPy writes it, padded with spaces so that the values start at a multiple of 64 bytes.
std::string header_for(std::span<const std::size_t> shape) {
  std::string dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (";
  for (const std::size_t size : shape) dictionary += std::to_string(size) + (shape.size() == 1 ? "," : ", ");
  if (shape.size() > 1) dictionary.resize(dictionary.size() - 2);
  dictionary += "), }";
  constexpr std::size_t prefix = 10;
  dictionary.append(63 - (prefix + dictionary.size()) % 64, ' ');
  dictionary += '\n';
  std::string header("\x93NUMPY\x01\x00", 8);
  header += char(dictionary.size() & 255);
  header += char(dictionary.size() >> 8);
  return header + dictionary;
}

}  // namespace

std::string encode(std::span<const std::size_t> shape, std::span<const float> values) {
  if (std::accumulate(shape.begin(), shape.end(), std::size_t(1), std::multiplies<>()) != values.size())
    throw Error("the shape of an array does not fit its number of values");
  std::string bytes = header_for(shape);
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
  if constexpr (std::endian::native == std::endian::big)
    for (std::size_t at = bytes.size() - values.size_bytes(); at < bytes.size(); at += 4)
      std::reverse(&bytes[at], &bytes[at] + 4);
  return bytes;
}

void save(const std::filesystem::path& file, std::span<const std::size_t> shape,
          std::span<const float> values) {
  write_file_atomically(file, encode(shape, values));
}

void save(const std::filesystem::path& file, const Cube& cube) {
  const std::array shape = {std::size_t(cube.height), std::size_t(cube.width), std::size_t(cube.channels)};
  save(file, shape, cube.values);
}

Array parse(std::span<const std::byte> bytes, const std::string& where, std::size_t most_values) {
  const Header header = parse_header(bytes, where);
  const Convert to_float = converter(header, where);
  const std::size_t count = count_values(header.shape, most_values, where);
  const std::span<const std::byte> stored = bytes.subspan(header.length);
  // Compared by division, for the product may not fit.
  if (stored.size() / header.item_size < count)
    throw Error("the NumPy file is truncated: values are missing", where);
  if (stored.size() != count * header.item_size)
    throw Error("the NumPy file is longer than its header says", where,
                "Save the array again with numpy.save");

  Array array{header.shape, std::vector<float>(count), header.kind + std::to_string(header.item_size)};
  for (std::size_t i = 0; i < count; ++i)
    array.values[i] = to_float(stored.data() + i * header.item_size, header.big_endian);
  if (array.stored == "f8") note_range(array, stored, header.big_endian);
  if (header.fortran_order && count > 0) array.values = fortran_to_c(array.values, array.shape);
  return array;
}

Array load(const std::filesystem::path& file, std::size_t most_values) {
  constexpr std::size_t largest_item = 8, longest_header = std::size_t(1) << 20;
  const std::size_t limit = std::numeric_limits<std::size_t>::max();
  const std::size_t most_bytes = most_values > (limit - longest_header) / largest_item
                                     ? limit
                                     : most_values * largest_item + longest_header;
  return parse(read_file(file, most_bytes), file.string(), most_values);
}

}  // namespace tessera::npy
