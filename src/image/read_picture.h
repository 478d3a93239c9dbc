#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "tessera/image/load.h"

namespace tessera::image {

// As `load`, of a file's bytes; `where` names them in errors.
Image read_picture(std::span<const std::byte> bytes, const std::string& where, const LoadLimits& limits = {});

}  // namespace tessera::image
