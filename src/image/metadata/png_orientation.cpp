#include "image/metadata/png_orientation.h"

#include <algorithm>
#include <string>

#include "image/metadata/raw_profile.h"
#include "image/orientation.h"
#include "image/text_chunk.h"
#include "tessera/base/error.h"

namespace tessera::image {
namespace {

// Packed texts may be bombs; this is more than any camera or editor writes.
constexpr std::size_t longest_packed_text = 1 << 20;

std::string bytes_of(std::string_view type, std::string_view body) {
  try {
    return text_bytes(type, body, std::max(longest_packed_text, body.size()));
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

void PngOrientation::see(std::string_view type, std::string_view body) {
  if (type == "eXIf") {
    exif_ = body;
  } else if (is_text_chunk(type)) {
    const std::string_view keyword = keyword_of(body);
    if (keyword == "Raw profile type exif") profile_ = {type, body};
    if (keyword == "XML:com.adobe.xmp") xmp_ = {type, body};
    // Not a text at all, but seen in files, and Pillow reads it.
    if (keyword == "exif" && type == "tEXt") exif_ = body.substr(keyword.size() + 1);
  }
}

int PngOrientation::value() const {
  const std::string profile = exif_ || !profile_ ? "" : raw_profile(bytes_of(profile_->type, profile_->body));
  const std::string xmp = xmp_ ? bytes_of(xmp_->type, xmp_->body) : "";
  return orientation(exif_ ? *exif_ : std::string_view(profile), xmp);
}

}  // namespace tessera::image
