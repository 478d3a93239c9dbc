#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace tessera::featurevis {

inline constexpr const char* entry_extension = ".icon";

// All entries of a store's folder, sound or not, in no order. Nothing where there is no such folder.
std::vector<std::filesystem::path> entries_in(const std::filesystem::path& folder);

// Brings the folder's entries below its limit, where they are above it, by removing the least recently used,
// and removes what interrupted writes left an hour ago or earlier. Returns the bytes in use then. What cannot
// be removed stays; what another process removes meanwhile is gone all the same.
std::uintmax_t trim_store_folder(const std::filesystem::path& folder, std::uintmax_t limit);

}  // namespace tessera::featurevis
