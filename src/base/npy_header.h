#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace tessera::npy {

// What a .npy file says about its values.
struct Header {
  char kind = 'f';            // NumPy's letter: f, i, u or b
  std::size_t item_size = 4;  // bytes
  bool big_endian = false;
  bool fortran_order = false;
  std::vector<std::size_t> shape;
  std::size_t length = 0;  // bytes from the start of the file to the first value
};

// Reads the magic, the version and the dictionary, which is a Python literal. Accepts exactly the
// dictionaries that NumPy's format describes: the three keys, each once. Knows nothing of which kinds can be
// converted. Throws Error.
Header parse_header(std::span<const std::byte> bytes, const std::string& where);

}  // namespace tessera::npy
