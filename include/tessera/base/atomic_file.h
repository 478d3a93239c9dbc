#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

namespace tessera {

// Writes a whole file or leaves what was there: a temporary file beside it, fsync, rename. Throws Error.
void write_file_atomically(const std::filesystem::path& file, std::span<const std::byte> bytes);
void write_file_atomically(const std::filesystem::path& file, std::string_view text);

}  // namespace tessera
