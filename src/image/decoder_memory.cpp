#include "image/decoder_memory.h"

#include <algorithm>
#include <cstdlib>

namespace tessera::image {

DecoderMemory::~DecoderMemory() {
  for (const auto& [block, size] : sizes_) std::free(block);
}

bool DecoderMemory::admit(std::size_t size) {
  if (size > most_bytes_ - held_) {
    has_refused_ = true;
    return false;
  }
  held_ += size;
  peak_ = std::max(peak_, held_);
  return true;
}

void* DecoderMemory::allocate(std::size_t size) {
  if (!admit(size)) return nullptr;
  void* block = std::calloc(std::max<std::size_t>(size, 1), 1);
  if (block)
    sizes_.emplace(block, size);
  else
    held_ -= size;
  return block;
}

void* DecoderMemory::reallocate(void* block, std::size_t new_size) {
  if (!block) return allocate(new_size);
  // Both blocks may exist for a moment.
  if (!admit(new_size)) return nullptr;
  const auto old = sizes_.find(block);
  void* moved = std::realloc(block, std::max<std::size_t>(new_size, 1));
  if (!moved) {
    held_ -= new_size;
    return nullptr;
  }
  held_ -= old->second;
  sizes_.erase(old);
  sizes_.emplace(moved, new_size);
  return moved;
}

void DecoderMemory::free(void* block) {
  if (!block) return;
  const auto found = sizes_.find(block);
  held_ -= found->second;
  sizes_.erase(found);
  std::free(block);
}

}  // namespace tessera::image
