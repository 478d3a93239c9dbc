#include "model/file_adapter.h"

#include <cerrno>
#include <cstddef>
#include <vector>

#include "tessera/base/content_hash.h"
#include "tessera/base/error.h"

namespace tessera::model {

FileAdapter::FileAdapter(const std::filesystem::path& file) : stream_(nullptr, &std::fclose) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error))
    throw Error("this is a folder, not a model file", file.string());
  stream_.reset(std::fopen(file.c_str(), "rb"));
  if (!stream_ && errno == ENOENT) throw Error("there is no such file", file.string());
  if (!stream_) throw Error("the file cannot be opened", file.string(), "Check its permissions");
  if (::fseeko(stream_.get(), 0, SEEK_END) != 0) throw Error("the file cannot be read", file.string());
  size_ = std::size_t(::ftello(stream_.get()));
}

std::size_t FileAdapter::read(std::uint64_t position, void* buffer, std::size_t count, const char*) const {
  const std::lock_guard lock(mutex_);
  if (::fseeko(stream_.get(), off_t(position), SEEK_SET) != 0) return 0;
  return std::fread(buffer, 1, count, stream_.get());
}

std::string FileAdapter::hash() const {
  ContentHash hash;
  std::vector<std::byte> buffer(1 << 18);
  for (std::uint64_t position = 0; position < size_;) {
    const std::size_t count = read(position, buffer.data(), buffer.size());
    if (count == 0) break;
    hash.add({buffer.data(), count});
    position += count;
  }
  return hash.text();
}

}  // namespace tessera::model
