#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "image/decoder_memory.h"
#include "image/inspection.h"

namespace tessera::image {

// A picture's samples as the decoders give them: interleaved, row-major from the top left.
struct Decoded {
  int width = 0;
  int height = 0;
  int channels = 0;  // 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA; alpha is not premultiplied
  bool is_16_bit = false;
  std::unique_ptr<DecoderMemory> memory;  // owns the samples
  const void* samples = nullptr;          // uint8_t or uint16_t

  template <typename Sample>
  const Sample* row(int y) const {
    return static_cast<const Sample*>(samples) + std::size_t(y) * std::size_t(width) * std::size_t(channels);
  }
};

// Decodes a picture that was inspected. Throws Error where it is damaged, truncated, or needs more memory
// than allowed.
Decoded decode(std::span<const std::byte> bytes, const Inspection& inspection, std::size_t most_memory,
               const std::string& where);

}  // namespace tessera::image
