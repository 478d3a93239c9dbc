#include "tessera/session/references.h"

#include <system_error>
#include <utility>

namespace tessera::session {
namespace {

std::string key_of(const FileStamp& file) {
  return file.path.string() + '|' + std::to_string(file.modified) + '|' + std::to_string(file.size);
}

}  // namespace

FileStamp stamp(const std::filesystem::path& path) {
  std::error_code error;
  FileStamp made;
  made.path = std::filesystem::absolute(path, error).lexically_normal();
  if (error) made.path = path;
  const auto modified = std::filesystem::last_write_time(made.path, error);
  if (!error) made.modified = modified.time_since_epoch().count();
  const auto size = std::filesystem::file_size(made.path, error);
  if (!error) made.size = size;
  return made;
}

std::string ImageRef::key() const { return key_of(file); }

std::string ModelRef::key() const {
  return key_of(file) + '|' + to_text(device) + '|' + (preprocessing ? to_text(*preprocessing) : "") +
         (without ? '|' + without->key : "");
}

bool ModelRef::operator==(const ModelRef& other) const {
  const auto removed = [](const ModelRef& model) { return model.without ? model.without->key : ""; };
  return file == other.file && preprocessing == other.preprocessing && device == other.device &&
         removed(*this) == removed(other);
}

ModelRef intact(ModelRef model) {
  model.without = nullptr;
  return model;
}

}  // namespace tessera::session
