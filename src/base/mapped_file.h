#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace tessera {

// A regular file's bytes, mapped read-only. Must not be cut short meanwhile. Throws Error where it cannot be.
class MappedFile {
 public:
  explicit MappedFile(const std::filesystem::path& file);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace tessera
