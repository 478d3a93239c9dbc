#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

namespace tessera {

// The whole of a regular file. Refuses what is missing, no file (a folder, a pipe, a device) or longer than
// `most_bytes` before anything is read. Throws Error.
std::vector<std::byte> read_file(const std::filesystem::path& file, std::size_t most_bytes);

}  // namespace tessera
