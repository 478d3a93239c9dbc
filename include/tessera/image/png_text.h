#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace tessera::image {

// The text that a PNG carries under a keyword (iTXt, tEXt or zTXt chunk, before or behind the pixels), as
// UTF-8. Nothing where the file is no PNG or has no such text. The file may be anybody's: its pixels are
// passed over, at most `most_bytes` of text are held, compressed or not, and checksums of what is read are
// checked. Safe on any thread. Throws Error: no such file, a damaged or truncated PNG, a text that is longer,
// not UTF-8 or there twice.
std::optional<std::string> read_png_text(const std::filesystem::path& file, std::string_view keyword,
                                         std::size_t most_bytes);

}  // namespace tessera::image
