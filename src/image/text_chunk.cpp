#include "image/text_chunk.h"

#include <zlib.h>

#include <cstdint>

#include "tessera/base/error.h"

namespace tessera::image {
namespace {

[[noreturn]] void refuse(const char* why) {
  throw Error(std::string("a text in the PNG picture ") + why, "", "Copy or download it again");
}

// Removes and returns what stands before the next zero byte.
std::string_view take_to_zero(std::string_view& rest) {
  const std::size_t end = rest.find('\0');
  if (end == std::string_view::npos) refuse("is cut off");
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return taken;
}

char take_byte(std::string_view& rest) {
  if (rest.empty()) refuse("is cut off");
  const char byte = rest.front();
  rest.remove_prefix(1);
  return byte;
}

std::string inflated(std::string_view packed, std::size_t most_bytes) {
  // A byte more than is possible tells a text that is too long from one that just fits.
  std::string text(most_bytes + 1, '\0');
  auto length = uLongf(text.size());
  const int done = uncompress(reinterpret_cast<Bytef*>(text.data()), &length,
                              reinterpret_cast<const Bytef*>(packed.data()), uLong(packed.size()));
  if (done == Z_BUF_ERROR || (done == Z_OK && length > most_bytes)) refuse("is too long or cut off");
  if (done != Z_OK) refuse("is damaged");
  text.resize(length);
  return text;
}

std::string latin1_to_utf8(std::string_view latin1) {
  std::string text;
  for (const char letter : latin1) {
    const auto code = std::uint8_t(letter);
    if (code < 0x80) {
      text += letter;
    } else {
      text += char(0xC0 | code >> 6);
      text += char(0x80 | (code & 0x3F));
    }
  }
  return text;
}

// RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF.
bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = std::uint8_t(text[i]);
    const int more = lead < 0x80 ? 0 : lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4 || i + std::size_t(more) >= text.size()) return false;
    std::uint32_t code = more == 0 ? lead : lead & (0x3Fu >> more);
    for (int k = 1; k <= more; ++k) {
      const auto byte = std::uint8_t(text[i + std::size_t(k)]);
      if ((byte & 0xC0) != 0x80) return false;
      code = code << 6 | (byte & 0x3Fu);
    }
    if ((more == 2 && code < 0x800) || (more == 3 && (code < 0x10000 || code > 0x10FFFF))) return false;
    if (code >= 0xD800 && code <= 0xDFFF) return false;
    i += std::size_t(more) + 1;
  }
  return true;
}

std::string international(std::string_view rest, std::size_t most_bytes) {
  const char compressed = take_byte(rest);
  const char method = take_byte(rest);
  take_to_zero(rest);  // language
  take_to_zero(rest);  // the keyword in it
  if (compressed != 0 && (compressed != 1 || method != 0)) refuse("is packed in an unknown way");
  return compressed == 0 ? std::string(rest) : inflated(rest, most_bytes);
}

std::string packed(std::string_view rest, std::size_t most_bytes) {
  if (take_byte(rest) != 0) refuse("is packed in an unknown way");
  return inflated(rest, most_bytes);
}

}  // namespace

bool is_text_chunk(std::string_view type) { return type == "iTXt" || type == "tEXt" || type == "zTXt"; }

std::string_view keyword_of(std::string_view body) {
  const std::size_t end = body.find('\0');
  return end == std::string_view::npos ? std::string_view() : body.substr(0, end);
}

std::string text_bytes(std::string_view type, std::string_view body, std::size_t most_bytes) {
  take_to_zero(body);
  std::string text = type == "iTXt"   ? international(body, most_bytes)
                     : type == "zTXt" ? packed(body, most_bytes)
                                      : std::string(body);
  if (text.size() > most_bytes) refuse("is too long");
  return text;
}

std::string decode_text(std::string_view type, std::string_view body, std::size_t most_bytes) {
  std::string text = text_bytes(type, body, most_bytes);
  if (type != "iTXt") text = latin1_to_utf8(text);
  if (text.size() > most_bytes) refuse("is too long");
  if (!is_utf8(text)) refuse("is not UTF-8");
  return text;
}

}  // namespace tessera::image
