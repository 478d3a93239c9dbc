#pragma once

#include <caffe2/serialize/read_adapter_interface.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

namespace tessera::model {

// A file, opened once, for readers that jump about in it.
class FileAdapter final : public caffe2::serialize::ReadAdapterInterface {
 public:
  explicit FileAdapter(const std::filesystem::path& file);  // throws Error where it cannot be opened

  std::size_t size() const override { return size_; }
  std::size_t read(std::uint64_t position, void* buffer, std::size_t count,
                   const char* what = "") const override;

  std::FILE* stream() const { return stream_.get(); }
  std::string hash() const;  // XXH3-128 of all its bytes as 32 hex digits

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream_;
  mutable std::mutex mutex_;
  std::size_t size_ = 0;
};

}  // namespace tessera::model
