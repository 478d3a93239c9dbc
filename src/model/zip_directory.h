#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "model/open_file.h"

namespace tessera::model {

// What a zip archive's directory says about one entry.
struct ZipEntry {
  std::string name;
  std::uint64_t size = 0;      // of its content
  std::uint32_t checksum = 0;  // CRC-32 of its content
  bool is_stored = false;      // as it is, not compressed
};

// The entries in the archive's order; their content is not read. Throws Error where the file is no whole zip
// archive, where an entry is named twice, encrypted, or would unpack to far more than the file holds.
std::vector<ZipEntry> read_zip_directory(const OpenFile& file);

}  // namespace tessera::model
