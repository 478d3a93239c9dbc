#include "tessera/base/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <random>
#include <string>
#include <system_error>
#include <utility>

#include "tessera/base/error.h"

namespace tessera {
namespace {

// Removes the temporary file unless it became the real one.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& target) : target_(target) {
    static std::atomic<unsigned> counter{0};
    path_ = target;
    // Processes of several machines may write into one folder, with one process number.
    path_ += "." + std::to_string(::getpid()) + "." + std::to_string(counter++) + "." +
             std::to_string(std::random_device{}()) + ".tmp";
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail("cannot be written");
  }
  ~TemporaryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  void write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0) {
        if (errno == EINTR) continue;
        fail("could not be written completely");
      }
      bytes = bytes.subspan(std::size_t(written));
    }
  }

  void become_target() {
    if (::fsync(descriptor_) != 0) fail("could not be written completely");
    if (::close(std::exchange(descriptor_, -1)) != 0) fail("could not be written completely");
    if (::rename(path_.c_str(), target_.c_str()) != 0) fail("cannot be replaced");
    path_.clear();
  }

 private:
  [[noreturn]] void fail(const char* happened) const {
    throw Error(std::string("the file ") + happened + " (" + std::generic_category().message(errno) + ")",
                target_.string(), "Choose another place or free some space");
  }

  std::filesystem::path target_;
  std::filesystem::path path_;
  int descriptor_ = -1;
};

}  // namespace

void write_file_atomically(const std::filesystem::path& file, std::span<const std::byte> bytes) {
  TemporaryFile temporary(file);
  temporary.write(bytes);
  temporary.become_target();
}

void write_file_atomically(const std::filesystem::path& file, std::string_view text) {
  write_file_atomically(file, std::as_bytes(std::span(text.data(), text.size())));
}

}  // namespace tessera
