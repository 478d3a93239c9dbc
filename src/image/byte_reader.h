#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "tessera/base/error.h"

namespace tessera::image {

// Walks through the bytes of a picture file. Reading past the end throws: the file is truncated.
class ByteReader {
 public:
  ByteReader(std::span<const std::byte> bytes, const std::string& where) : bytes_(bytes), where_(where) {}

  const std::string& where() const { return where_; }
  std::size_t remaining() const { return bytes_.size(); }

  std::span<const std::byte> take(std::size_t count) {
    if (count > bytes_.size())
      throw Error("the picture is truncated: the file ends before the picture does", where_,
                  "Copy or download it again");
    const auto taken = bytes_.first(count);
    bytes_ = bytes_.subspan(count);
    return taken;
  }

  std::string_view text(std::size_t count) {
    const auto taken = take(count);
    return {reinterpret_cast<const char*>(taken.data()), taken.size()};
  }

  std::uint32_t u8() { return std::to_integer<std::uint32_t>(take(1)[0]); }
  std::uint32_t big16() { return u8() << 8 | u8(); }
  std::uint32_t big32() { return big16() << 16 | big16(); }
  std::uint32_t little16() { return u8() | u8() << 8; }
  std::uint32_t little32() { return little16() | little16() << 16; }

  // Moves to the next byte of this value, which becomes the next to be read; to the end where there is none.
  void skip_to(std::byte value) {
    const void* found =
        bytes_.empty() ? nullptr : std::memchr(bytes_.data(), std::to_integer<int>(value), bytes_.size());
    bytes_ = found ? bytes_.subspan(std::size_t(static_cast<const std::byte*>(found) - bytes_.data()))
                   : bytes_.last(0);
  }

 private:
  std::span<const std::byte> bytes_;
  const std::string& where_;
};

}  // namespace tessera::image
