#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tessera/base/npy.h"

// NumPy's archives: a zip of .npy files. Names are without the ".npy".
namespace tessera::npz {

using Arrays = std::map<std::string, npy::Array>;

// Writes what numpy.load opens: stored, not compressed, with fixed time stamps, so that equal arrays give
// equal files. Whole or not at all. Throws Error.
void save(const std::filesystem::path& file, const Arrays& arrays);

// The names inside, in the order of the file. Strict, as the two below: refuses what is no zip, entries that
// are no .npy, that are encrypted or named twice, and more than 10 000 of them. Throws Error.
std::vector<std::string> names(const std::filesystem::path& file);

// One array; the others are not looked at, so they may be of types that cannot be read. Refuses what
// npy::parse refuses, more than `most_values` values before memory is taken for them, and checksums that do
// not fit.
npy::Array load(const std::filesystem::path& file, const std::string& name,
                std::size_t most_values = std::size_t(1) << 30);

// All arrays, with `most_values` in total.
Arrays load(const std::filesystem::path& file, std::size_t most_values = std::size_t(1) << 30);

}  // namespace tessera::npz
