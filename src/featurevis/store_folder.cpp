#include "featurevis/store_folder.h"

#include <algorithm>
#include <chrono>
#include <system_error>

namespace tessera::featurevis {
namespace {

using Clock = std::filesystem::file_time_type::clock;

// A file that is being written lives for milliseconds.
constexpr std::chrono::hours leftover_age{1};

// Room for more before the folder has to be looked through again.
constexpr double keep_share = 0.9;

struct Entry {
  std::filesystem::path file;
  std::filesystem::file_time_type used;
  std::uintmax_t size = 0;
};

// Calls `look` with each regular file two levels down: the store has no others.
template <class Look>
void look_through(const std::filesystem::path& folder, Look look) {
  std::error_code problem;
  for (std::filesystem::directory_iterator above(folder, problem), end; !problem && above != end;
       above.increment(problem)) {
    std::error_code inner;
    if (!above->is_directory(inner)) continue;
    for (std::filesystem::directory_iterator file(above->path(), inner); !inner && file != end;
         file.increment(inner)) {
      std::error_code ignored;
      if (file->is_regular_file(ignored)) look(file->path());
    }
  }
}

bool is_entry(const std::filesystem::path& file) { return file.extension() == entry_extension; }

bool is_leftover(const std::filesystem::path& file) {
  return file.extension() == ".tmp" && file.string().find(entry_extension) != std::string::npos;
}

}  // namespace

std::vector<std::filesystem::path> entries_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  look_through(folder, [&](const std::filesystem::path& file) {
    if (is_entry(file)) files.push_back(file);
  });
  return files;
}

std::uintmax_t trim_store_folder(const std::filesystem::path& folder, std::uintmax_t limit) {
  const auto now = Clock::now();
  std::vector<Entry> entries;
  std::uintmax_t used = 0;
  look_through(folder, [&](const std::filesystem::path& file) {
    std::error_code gone;
    Entry entry{file, std::filesystem::last_write_time(file, gone), 0};
    if (gone) return;
    if (is_leftover(file) && now - entry.used > leftover_age) {
      std::filesystem::remove(file, gone);
    } else if (is_entry(file)) {
      entry.size = std::filesystem::file_size(file, gone);
      if (gone) return;
      used += entry.size;
      entries.push_back(std::move(entry));
    }
  });
  if (used <= limit) return used;
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.used < b.used; });
  for (const Entry& entry : entries) {
    if (double(used) <= keep_share * double(limit)) break;
    std::error_code stays;
    std::filesystem::remove(entry.file, stays);
    if (!stays) used -= entry.size;
  }
  return used;
}

}  // namespace tessera::featurevis
