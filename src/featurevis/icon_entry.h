#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "tessera/featurevis/icon_store.h"

namespace tessera::featurevis {

// One icon as a file of the store:
//
//   magic "tessera icon 1\n", length of the facts (4 bytes, little-endian), facts (JSON), picture (PNG, to
//   the end but for) XXH3-128 of all that before, in 32 hex digits
struct IconEntry {
  IconFacts facts;
  Icon icon;
};

std::string encode(const IconEntry& entry);

// Throws Error for anything that `encode` does not write; bounded by the file's length and the icon's size.
IconEntry decode_entry(std::span<const std::byte> bytes, const std::string& where);

}  // namespace tessera::featurevis
