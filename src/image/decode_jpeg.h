#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "image/decode.h"

namespace tessera::image {

// `decode` for JPEG, through libjpeg-turbo: the same samples as Pillow's, colour as RGB. CMYK and YCCK are
// turned into RGB as there, by the ink that each leaves, without a colour profile.
Decoded decode_jpeg(std::span<const std::byte> bytes, const Inspection& inspection, std::size_t most_memory,
                    const std::string& where);

}  // namespace tessera::image
