#include "model/open_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "model/file_kind.h"
#include "tessera/base/error.h"

namespace tessera::model {

OpenFile::OpenFile(const std::filesystem::path& file) : path_(file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (std::filesystem::is_directory(status)) {
    const auto kind = kind_of_folder(file);
    throw Error(kind ? kind->happened : "this is a folder, not a model file", file.string(),
                kind ? kind->remedy : "");
  }
  // Opening a pipe would wait for whoever writes into it.
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    throw Error("this is not a file", file.string());
  descriptor_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0 && errno == ENOENT) throw Error("there is no such file", file.string());
  if (descriptor_ < 0) throw Error("the file cannot be opened", file.string(), "Check its permissions");
  struct stat facts {};
  if (::fstat(descriptor_, &facts) != 0) {
    ::close(descriptor_);
    throw Error("the file cannot be read", file.string());
  }
  size_ = std::size_t(facts.st_size);
}

OpenFile::~OpenFile() { ::close(descriptor_); }

std::size_t OpenFile::read(std::uint64_t position, std::span<std::byte> into) const {
  std::size_t total = 0;
  while (total < into.size()) {
    const ssize_t count =
        ::pread(descriptor_, into.data() + total, into.size() - total, off_t(position + total));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    total += std::size_t(count);
  }
  return total;
}

}  // namespace tessera::model
