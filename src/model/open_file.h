#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace tessera::model {

// A regular file, opened once, so that whatever takes its name meanwhile is not read. Any thread may read.
class OpenFile {
 public:
  explicit OpenFile(const std::filesystem::path& file);  // throws Error where it cannot be opened
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  int descriptor() const { return descriptor_; }
  std::size_t size() const { return size_; }  // when it was opened

  // How many bytes were read: fewer than asked for where the file ends, or cannot be read.
  std::size_t read(std::uint64_t position, std::span<std::byte> into) const;

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
  std::size_t size_ = 0;
};

}  // namespace tessera::model
