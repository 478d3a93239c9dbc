#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tessera/featurevis/icon.h"
#include "tessera/featurevis/icon_key.h"

namespace tessera::featurevis {

// What a pack says about all of its icons.
struct PackHeader {
  Network network;
  std::string model;  // for a person: ModelCard::name
  std::string layer;
  Recipe recipe;
  std::string precision;  // "float32", "bfloat16"; "mixed" where machines differed
  int channels = 0;       // of the layer, 1 to 65536; the pack may lack some of their icons
  bool operator==(const PackHeader&) const = default;
};

// The icons of a layer's channels in one read-only file: mapped into memory, indexed by channel, pictures as
// JPEG. Packs may come from a stranger: opening one checks everything but the pictures, reading an icon
// checks its picture, each against a checksum and the file's bounds. Must not be cut short while it is open
// (writing packs replaces them).
//
// The file, numbers little-endian: magic "TESSPACK"; version (4 bytes); bytes of the header (4); bytes of the
// file (8); header (JSON); an index entry for each channel: offset (8), length (4), steps (4), objective (4),
// natural (4, NaN: none), failure (1), settled (1), attempts (2), peak (4), XXH3-128 of the picture in 32 hex
// digits, the length 0 where there is no icon; XXH3-128 of all so far in 32 hex digits; pictures.
// docs/icons.md has the fields of the header.
//
// Safe on any thread.
class IconPack {
 public:
  // Throws Error for a file that is no sound pack.
  static std::shared_ptr<const IconPack> open(const std::filesystem::path& file);
  ~IconPack();

  const PackHeader& header() const;
  const std::filesystem::path& file() const;
  std::optional<IconQuality> quality(int channel) const;  // nothing where the pack lacks the icon
  std::optional<Icon> icon(int channel) const;            // also nothing where its picture is damaged

 private:
  struct Impl;
  explicit IconPack(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

struct PackContent {
  PackHeader header;
  std::vector<std::optional<Icon>> icons;  // one for each channel
};

// JPEG quality at which nothing of the loss is seen in icons at their own size or twice as large.
inline constexpr int pack_quality = 92;

// Writes a pack, atomically. Throws Error: no place, a picture of another size than the recipe's, an
// objective that is not finite.
void write_pack(const std::filesystem::path& file, const PackContent& content, int quality = pack_quality);

}  // namespace tessera::featurevis
