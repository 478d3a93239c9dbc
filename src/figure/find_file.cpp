#include <algorithm>
#include <system_error>

#include "tessera/base/content_hash.h"
#include "tessera/base/error.h"
#include "tessera/figure/queries.h"

namespace tessera::figure {
namespace {

namespace fs = std::filesystem;

// A folder of more files than this is nobody's folder of pictures; looking at the length of each takes a
// while.
constexpr std::size_t most_entries = 20'000;

bool is_it(const fs::path& file, const FileIdentity& wanted, const std::function<bool()>& stop) {
  std::error_code problem;
  if (!fs::is_regular_file(file, problem) || fs::file_size(file, problem) != wanted.bytes || problem)
    return false;
  try {
    return content_hash(file, stop) == wanted.hash;
  } catch (const Error&) {
    return false;  // not readable: not a candidate
  }
}

std::vector<fs::path> files_in(const fs::path& folder, const std::string& name) {
  std::vector<fs::path> files;
  std::error_code problem;
  for (auto entry = fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, problem);
       !problem && entry != fs::directory_iterator() && files.size() < most_entries; entry.increment(problem))
    files.push_back(entry->path());
  std::sort(files.begin(), files.end());
  std::stable_partition(files.begin(), files.end(),
                        [&](const fs::path& file) { return file.filename() == name; });
  return files;
}

}  // namespace

std::string plain_name(const fs::path& file) {
  std::string name = file.filename().string().substr(0, longest_text);
  for (char& letter : name)
    if ((letter >= 0 && letter < ' ') || letter == 127 || letter == '\\' || letter == '/') letter = '_';
  return name.empty() ? "file" : name;
}

FileIdentity identify(const fs::path& file, const std::function<bool()>& stop) {
  std::error_code problem;
  FileIdentity identity{plain_name(file), content_hash(file, stop), fs::file_size(file, problem)};
  if (problem) throw Error("the file cannot be read (" + problem.message() + ")", file.string());
  return identity;
}

fs::path find_file(const FindFile& query, const std::function<bool()>& stop) {
  for (const fs::path& file : query.files)
    if (is_it(file, query.wanted, stop)) return file;
  for (const fs::path& folder : query.folders)
    for (const fs::path& file : files_in(folder, query.wanted.name))
      if (is_it(file, query.wanted, stop)) return file;
  throw Error("the file that this figure was made of is not known here", query.wanted.name,
              "Put it beside the figure, or choose it");
}

}  // namespace tessera::figure
