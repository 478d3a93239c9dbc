#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>

namespace tessera::model {

// The entries of a zip archive: name → size of its content. Reads all of them and checks them against their
// checksums, which LibTorch does not. Throws Error where the file is no whole zip archive, where an entry is
// damaged, named twice, encrypted, or would unpack to far more than the file holds. The stream stays open;
// its position is not kept.
std::map<std::string, std::uint64_t> check_zip(std::FILE* stream, const std::filesystem::path& file);

}  // namespace tessera::model
