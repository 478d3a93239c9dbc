#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "tessera/base/npy.h"

namespace tessera::test {

// All arrays of a NumPy .npz by name.
std::map<std::string, npy::Array> load_npz(const std::filesystem::path& file);

}  // namespace tessera::test
