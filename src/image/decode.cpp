#include "image/decode.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "image/bmp/plain.h"
#include "image/decode_jpeg.h"
#include "image/refusals.h"
#include "tessera/base/error.h"

namespace {

// stb_image asks for memory without saying for which picture. Set only while `decode` runs on this thread.
thread_local tessera::image::DecoderMemory* memory_in_use = nullptr;

// What stb_image takes for granted did not hold, so the file is damaged in a way that it does not look for.
struct BrokenAssumption {};

}  // namespace

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_NO_STDIO
#define STBI_ONLY_PNG
#define STBI_ONLY_BMP
#define STBI_ONLY_GIF
#define STBI_ONLY_PNM
#define STBI_MALLOC(size) memory_in_use->allocate(size)
#define STBI_REALLOC(block, size) memory_in_use->reallocate(block, size)
#define STBI_FREE(block) memory_in_use->free(block)
#define STBI_ASSERT(assumption) ((assumption) ? void() : throw BrokenAssumption())
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wshadow"
#include <stb_image.h>
#pragma GCC diagnostic pop

namespace tessera::image {
namespace {

class MemoryScope {
 public:
  explicit MemoryScope(DecoderMemory& memory) : previous_(std::exchange(memory_in_use, &memory)) {}
  ~MemoryScope() { memory_in_use = previous_; }
  MemoryScope(const MemoryScope&) = delete;
  MemoryScope& operator=(const MemoryScope&) = delete;

 private:
  DecoderMemory* previous_;
};

// A file, or two pieces that make one.
using Pieces = std::array<std::span<const std::byte>, 2>;

// Hands the file to stb_image and notices when it reads on after the end, where it would go on with zeros in
// silence.
struct Source {
  Pieces rest;
  bool ran_out = false;

  std::span<const std::byte> take(std::size_t most) {
    auto& piece = rest[0].empty() ? rest[1] : rest[0];
    const auto taken = piece.first(std::min(most, piece.size()));
    piece = piece.subspan(taken.size());
    return taken;
  }
  bool is_empty() const { return rest[0].empty() && rest[1].empty(); }

  static int read(void* user, char* data, int size) {
    auto& source = *static_cast<Source*>(user);
    if (source.is_empty() && size > 0) source.ran_out = true;
    std::size_t count = 0;
    while (count < std::size_t(size) && !source.is_empty()) {
      const auto taken = source.take(std::size_t(size) - count);
      std::memcpy(data + count, taken.data(), taken.size());
      count += taken.size();
    }
    return int(count);
  }
  static void skip(void* user, int size) {
    auto& source = *static_cast<Source*>(user);
    for (auto left = std::size_t(std::max(size, 0)); left > 0 && !source.is_empty();)
      left -= source.take(left).size();
  }
  static int eof(void* user) { return static_cast<Source*>(user)->is_empty(); }
};

Decoded decode_with_stb(const Pieces& file, const Inspection& inspection, std::size_t most_memory,
                        const std::string& where) {
  Decoded decoded;
  decoded.is_16_bit = inspection.is_16_bit;
  decoded.memory = std::make_unique<DecoderMemory>(most_memory);
  const MemoryScope scope(*decoded.memory);
  Source source{file};
  const stbi_io_callbacks callbacks{&Source::read, &Source::skip, &Source::eof};
  try {
    if (decoded.is_16_bit)
      decoded.samples = stbi_load_16_from_callbacks(&callbacks, &source, &decoded.width, &decoded.height,
                                                    &decoded.channels, 0);
    else
      decoded.samples = stbi_load_from_callbacks(&callbacks, &source, &decoded.width, &decoded.height,
                                                 &decoded.channels, 0);
  } catch (const BrokenAssumption&) {
    refuse_as_damaged(inspection.format, "", where);
  }
  if (!decoded.samples && decoded.memory->has_refused())
    refuse_as_too_large(inspection.format, most_memory, where);
  if (source.ran_out) refuse_as_truncated(inspection.format, where);
  if (!decoded.samples) refuse_as_unreadable(inspection.format, stbi_failure_reason(), where);
  if (decoded.width != inspection.width || decoded.height != inspection.height)
    refuse_as_damaged(inspection.format, ": it gives its size in two ways", where);
  return decoded;
}

}  // namespace

Decoded decode(std::span<const std::byte> bytes, const Inspection& inspection, std::size_t most_memory,
               const std::string& where) {
  if (inspection.format == Format::jpeg) return decode_jpeg(bytes, inspection, most_memory, where);
  if (inspection.format != Format::bmp) return decode_with_stb({bytes, {}}, inspection, most_memory, where);
  const PlainBmp plain = plain_bmp(bytes, most_memory, where);
  return decode_with_stb({plain.head, plain.pixels}, inspection, most_memory - plain.unpacked.size(), where);
}

}  // namespace tessera::image
