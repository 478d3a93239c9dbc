#pragma once

#include <string>
#include <string_view>

namespace tessera::image {

// The bytes of a profile as ImageMagick writes it into a text of a PNG ("Raw profile type exif"): an empty
// line, the profile's name, its length, then the bytes in hexadecimal, in lines of any length. Empty where
// the text is no such thing.
std::string raw_profile(std::string_view text);

}  // namespace tessera::image
