#pragma once

#include <cstddef>
#include <unordered_map>

namespace tessera::image {

// What a decoder holds for one picture: all memory of stb_image, the samples of libjpeg. It hands out zeros,
// so that a decoder misled by a damaged file reads nothing of what was there before; it refuses to hold more
// than `most_bytes`; and it frees what is left when it goes, so that a decoder may be left by an exception.
class DecoderMemory {
 public:
  explicit DecoderMemory(std::size_t most_bytes) : most_bytes_(most_bytes) {}
  ~DecoderMemory();
  DecoderMemory(const DecoderMemory&) = delete;
  DecoderMemory& operator=(const DecoderMemory&) = delete;

  void* allocate(std::size_t size);                     // null where refused
  void* reallocate(void* block, std::size_t new_size);  // null where refused, and the block stays
  void free(void* block);

  bool has_refused() const { return has_refused_; }
  std::size_t peak() const { return peak_; }  // bytes

 private:
  bool admit(std::size_t size);

  std::size_t most_bytes_;
  std::size_t held_ = 0;
  std::size_t peak_ = 0;
  bool has_refused_ = false;
  std::unordered_map<void*, std::size_t> sizes_;
};

}  // namespace tessera::image
