#pragma once

#include <caffe2/serialize/inline_container.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/file_bytes.h"
#include "model/zip_directory.h"

namespace tessera::model {

// What an archive holds under one name.
struct ArchiveRecord {
  ZipEntry entry;
  // Where in the file its content lies as it is, fit for tensors; nothing where it must be unpacked or moved.
  std::optional<std::size_t> place;
};

// By their names without the archive's own folder, which is of no account.
using ArchiveRecords = std::map<std::string, ArchiveRecord>;

// LibTorch reads what lies in the folder of the first entry, and nothing else.
ArchiveRecords name_records(const std::vector<ZipEntry>& entries);

// Finds the records' places as LibTorch's reader sees them, and compares their content there with their
// checksums, which LibTorch does not. `progress` hears now and then what share is done, and stops it by
// throwing. Throws Error where a record is damaged.
void check_records(ArchiveRecords& records, caffe2::serialize::PyTorchStreamReader& reader,
                   const FileBytes& bytes, const std::filesystem::path& file,
                   const std::function<void(float)>& progress);

}  // namespace tessera::model
