#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model/open_file.h"

namespace tessera::model {

// What somebody gave instead of a TorchScript file, told by its content, in the words of Error.
struct FileKind {
  std::string happened;  // "this is an ONNX network, not TorchScript"
  std::string remedy;
};

// Of a file that is not a zip archive.
FileKind kind_of_file(const OpenFile& file);

// Of a zip archive without a network, by its records' names, also those without the folder that they have in
// common.
FileKind kind_of_archive(const std::vector<std::string>& records);

// Of a folder; nothing where it is no network's.
std::optional<FileKind> kind_of_folder(const std::filesystem::path& folder);

}  // namespace tessera::model
