#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tessera/base/cube.h"

namespace tessera {

// Cubes that came from elsewhere: a NumPy .npy or .npz of float32 or float64, H x W x C for one cube or
// N x H x W x C for several. An .npz must hold one array, or the one that `array` names. Strict, as npy::load
// and npz::load are, and further refuses other types, other numbers of dimensions and dimensions of no
// length. float64 becomes float32: a file whose largest value is beyond float32, or so small that float32 has
// fewer digits for it, is refused; `remarks`, where it is given, gets a sentence without a full stop about
// single values that become zero beside larger ones. Throws Error.
std::vector<Cube> load_cubes(const std::filesystem::path& file, const std::string& array = {},
                             std::vector<std::string>* remarks = nullptr);

// The one cube in such a file. Throws Error where there are several.
Cube load_cube(const std::filesystem::path& file, const std::string& array = {});

}  // namespace tessera
