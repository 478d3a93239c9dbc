#include "app/data_folder.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <system_error>

#include "tessera/base/error.h"

#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

namespace tessera::app {
namespace {

bool has_model(const DataFolder& folder) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(folder.model(), ignored);
}

}  // namespace

std::vector<std::filesystem::path> DataFolder::pictures() const {
  std::vector<std::filesystem::path> files;
  std::error_code ignored;
  for (const auto& file : std::filesystem::directory_iterator(root / "assets" / "images", ignored))
    if (file.path().extension() == ".png") files.push_back(file.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::filesystem::path executable_file() {
  std::error_code ignored;
#ifdef __APPLE__
  std::uint32_t size = 0;
  _NSGetExecutablePath(nullptr, &size);
  std::string path(size, '\0');
  if (_NSGetExecutablePath(path.data(), &size) != 0) return {};
  return std::filesystem::canonical(path.c_str(), ignored);
#else
  return std::filesystem::canonical("/proc/self/exe", ignored);
#endif
}

DataFolder find_data_folder(const std::filesystem::path& executable) {
  if (const char* named = std::getenv("TESSERA_DATA"); named && *named) {
    const DataFolder folder{named};
    if (has_model(folder)) return folder;
    throw Error("the data folder has no " + folder.model().lexically_relative(folder.root).string(), named,
                "Set TESSERA_DATA to a folder that has it, or unset it");
  }
  for (std::filesystem::path above = executable.parent_path(); !above.empty(); above = above.parent_path()) {
    for (const DataFolder& folder : {DataFolder{above / "share" / "tessera"}, DataFolder{above}})
      if (has_model(folder)) return folder;
    if (above == above.root_path()) break;
  }
  if (const DataFolder source{TESSERA_SOURCE_FOLDER}; has_model(source)) return source;
  throw Error(
      "the bundled model was not found near the program", executable.string(),
      "Set TESSERA_DATA to the folder that has models/efficientnet_lite0.pt, or name a model with --model");
}

std::vector<std::filesystem::path> DataFolder::all() const {
  std::vector<std::filesystem::path> files{model()};
  std::error_code problem;
  for (auto entry = std::filesystem::directory_iterator(image().parent_path(), problem);
       !problem && entry != std::filesystem::directory_iterator(); entry.increment(problem))
    if (entry->path().extension() == ".png") files.push_back(entry->path());
  return files;
}

DataFolder find_data_folder() { return find_data_folder(executable_file()); }

}  // namespace tessera::app
