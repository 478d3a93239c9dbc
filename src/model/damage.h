#pragma once

#include <filesystem>
#include <string>

#include "tessera/base/error.h"

namespace tessera::model {

// What to throw for an archive that was whole once.
inline Error damage(const std::filesystem::path& file, const std::string& entry = {}) {
  return Error("the archive is truncated or damaged" + (entry.empty() ? "" : " at " + entry), file.string(),
               "Copy or download it again");
}

}  // namespace tessera::model
