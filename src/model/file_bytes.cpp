#include "model/file_bytes.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstring>

#include "model/pieces.h"
#include "tessera/base/error.h"

namespace tessera::model {
namespace {

constexpr std::size_t read_piece = std::size_t(4) << 20;
constexpr std::size_t read_between_reports = std::size_t(64) << 20;

std::size_t page_size() { return std::size_t(::sysconf(_SC_PAGESIZE)); }

struct LentPart {
  std::shared_ptr<FileBytes> owner;
  std::span<std::byte> bytes;
};

}  // namespace

FileBytes::FileBytes(const OpenFile& file) {
  const Error too_large("the file is larger than this computer's memory", file.path().string());
  if (file.size() / page_size() >= std::size_t(::sysconf(_SC_PHYS_PAGES))) throw too_large;
  if (file.size() == 0) return;
  void* start = ::mmap(nullptr, file.size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED) throw too_large;
  bytes_ = {static_cast<std::byte*>(start), file.size()};
}

FileBytes::~FileBytes() {
  if (!bytes_.empty()) ::munmap(bytes_.data(), bytes_.size());
}

std::shared_ptr<FileBytes> FileBytes::read_whole(const OpenFile& file,
                                                 const std::function<void(float)>& progress) {
  const std::shared_ptr<FileBytes> result(new FileBytes(file));
  const std::span<std::byte> bytes = result->bytes_;
  std::atomic<bool> complete = true;
  for (std::size_t first = 0; first < bytes.size(); first += read_between_reports) {
    progress(float(first) / float(bytes.size()));
    const std::span<std::byte> part =
        bytes.subspan(first, std::min(read_between_reports, bytes.size() - first));
    in_pieces(part.size(), read_piece, [&](std::size_t begin, std::size_t end) {
      if (file.read(first + begin, part.subspan(begin, end - begin)) != end - begin) complete = false;
    });
    if (!complete)
      throw Error("the file could not be read completely", file.path().string(),
                  "Try again when nothing writes to it any more");
  }
  return result;
}

std::size_t FileBytes::read(std::uint64_t position, void* buffer, std::size_t count, const char*) const {
  if (position >= bytes_.size()) return 0;
  count = std::min(count, bytes_.size() - std::size_t(position));
  std::memcpy(buffer, bytes_.data() + position, count);
  return count;
}

at::DataPtr FileBytes::lend(std::size_t position, std::size_t count) {
  auto* part = new LentPart{shared_from_this(), bytes_.subspan(position, count)};
  return {part->bytes.data(), part,
          [](void* lent) {
            const std::unique_ptr<LentPart> owned(static_cast<LentPart*>(lent));
            owned->owner->give_back(owned->bytes);
          },
          c10::Device(c10::kCPU)};
}

void FileBytes::give_back(std::span<std::byte> part) {
  // Pages at its ends may hold something else as well.
  const std::size_t page = page_size();
  const auto offset = std::size_t(part.data() - bytes_.data());
  const std::size_t begin = (offset + page - 1) / page * page;
  const std::size_t end = (offset + part.size()) / page * page;
  if (begin < end) ::madvise(bytes_.data() + begin, end - begin, MADV_DONTNEED);
}

}  // namespace tessera::model
