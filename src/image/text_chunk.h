#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tessera::image {

// The three kinds of text in a PNG (PNG specification, 11.3.3).
bool is_text_chunk(std::string_view type);

// What stands before the first zero byte; empty where there is none.
std::string_view keyword_of(std::string_view body);

// The text as it is stored, unpacked: Latin-1 for tEXt and zTXt, UTF-8 for iTXt, or any bytes, which some
// programs write. Throws Error: not what the kind promises, more than `most_bytes` long.
std::string text_bytes(std::string_view type, std::string_view body, std::size_t most_bytes);

// The text as UTF-8. Throws Error: not what the kind promises, more than `most_bytes` long, not UTF-8.
std::string decode_text(std::string_view type, std::string_view body, std::size_t most_bytes);

}  // namespace tessera::image
