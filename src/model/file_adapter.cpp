#include "model/file_adapter.h"

#include <xxhash.h>

#include <array>
#include <fstream>
#include <mutex>
#include <vector>

#include "tessera/base/error.h"

namespace tessera::model {
namespace {

class FileAdapter final : public caffe2::serialize::ReadAdapterInterface {
 public:
  explicit FileAdapter(const std::filesystem::path& file) : stream_(file, std::ios::binary) {
    std::error_code error;
    if (std::filesystem::is_directory(file, error))
      throw Error("this is a folder, not a model file", file.string());
    if (!stream_) {
      if (!std::filesystem::exists(file, error)) throw Error("there is no such file", file.string());
      throw Error("the file cannot be opened", file.string(), "Check its permissions");
    }
    stream_.seekg(0, std::ios::end);
    size_ = std::size_t(stream_.tellg());
  }

  std::size_t size() const override { return size_; }

  std::size_t read(std::uint64_t position, void* buffer, std::size_t count, const char*) const override {
    const std::lock_guard lock(mutex_);
    stream_.clear();
    stream_.seekg(std::streamoff(position));
    stream_.read(static_cast<char*>(buffer), std::streamsize(count));
    return std::size_t(stream_.gcount());
  }

 private:
  mutable std::mutex mutex_;
  mutable std::ifstream stream_;
  std::size_t size_ = 0;
};

}  // namespace

std::shared_ptr<caffe2::serialize::ReadAdapterInterface> open_file(const std::filesystem::path& file) {
  return std::make_shared<FileAdapter>(file);
}

std::string hash_content(const caffe2::serialize::ReadAdapterInterface& file) {
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), &XXH3_freeState);
  XXH3_128bits_reset(state.get());
  std::vector<char> buffer(1 << 20);
  for (std::uint64_t position = 0; position < file.size();) {
    const std::size_t count = file.read(position, buffer.data(), buffer.size());
    if (count == 0) break;
    XXH3_128bits_update(state.get(), buffer.data(), count);
    position += count;
  }
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state.get()));
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : canonical.digest) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

}  // namespace tessera::model
