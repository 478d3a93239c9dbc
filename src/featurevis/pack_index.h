#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/featurevis/icon_pack.h"

// The bytes of a pack before its pictures.
namespace tessera::featurevis::pack {

inline constexpr std::string_view magic = "TESSPACK";
inline constexpr std::uint32_t version = 1;
inline constexpr std::size_t fixed_bytes = 24;  // magic, version, header's and file's bytes
inline constexpr std::size_t entry_bytes = 64;
inline constexpr std::size_t hash_digits = 32;
inline constexpr std::size_t most_header = 1 << 16;
inline constexpr int most_channels = 1 << 16;

struct Entry {
  std::uint64_t offset = 0;
  std::uint32_t length = 0;  // 0: no icon
  IconQuality quality;
  std::string hash;  // of the picture
};

struct Front {
  PackHeader header;
  std::vector<Entry> entries;
};

std::size_t front_bytes(std::size_t header_bytes, std::size_t channels);
std::string header_text(const PackHeader& header);
// `file_bytes`: of the whole pack.
std::string encode(const Front& front, const std::string& header, std::uint64_t file_bytes);
// Checks all of it, and that the pictures lie behind it within `bytes`. Throws Error.
Front decode(std::span<const std::byte> bytes, const std::string& where);

std::string hash_of(std::span<const std::byte> bytes);

}  // namespace tessera::featurevis::pack
