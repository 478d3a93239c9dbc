#include "app/user_folder.h"

#include <cstdlib>

namespace tessera::app {
namespace {

// The XDG specification ignores paths that are not absolute.
std::filesystem::path absolute_from(const char* name) {
  const char* value = std::getenv(name);
  const std::filesystem::path path = value ? value : "";
  return path.is_absolute() ? path : std::filesystem::path();
}

}  // namespace

std::filesystem::path user_folder(const char* variable, const std::filesystem::path& in_home,
                                  const std::string& name) {
  if (const auto folder = absolute_from(variable); !folder.empty()) return folder / "tessera" / name;
  if (const auto home = absolute_from("HOME"); !home.empty()) return home / in_home / "tessera" / name;
  return {};
}

}  // namespace tessera::app
