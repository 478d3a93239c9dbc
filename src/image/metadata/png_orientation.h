#pragma once

#include <optional>
#include <string_view>

namespace tessera::image {

// Where a PNG says how its rows are turned: in a chunk eXIf, else in ImageMagick's text "Raw profile type
// exif"; where neither does, in XMP. Of two chunks of a kind the later counts. What is damaged or
// unreasonably long is passed over: a picture is not refused for it.
class PngOrientation {
 public:
  // To be called with every chunk. The bytes must outlast this object.
  void see(std::string_view type, std::string_view body);
  // 1 to 8; 1 where the file does not say.
  int value() const;

 private:
  struct Text {
    std::string_view type;
    std::string_view body;
  };

  std::optional<std::string_view> exif_;
  std::optional<Text> profile_;
  std::optional<Text> xmp_;
};

}  // namespace tessera::image
