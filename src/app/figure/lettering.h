#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "tessera/image/image.h"

namespace tessera::app {

using Colour = std::array<std::uint8_t, 3>;

// Writes plain text into pictures, without a window or OpenGL. Latin letters, digits and signs, no shaping.
class Lettering {
 public:
  // Throws Error where the font cannot be read.
  explicit Lettering(const std::filesystem::path& font);
  ~Lettering();
  Lettering(const Lettering&) = delete;
  Lettering& operator=(const Lettering&) = delete;

  // `height`: of a line, in pixels. (x, y): the line's upper left corner. What lies outside is cut off.
  void write(Image& picture, const std::string& text, int x, int y, float height, Colour colour) const;
  int width(const std::string& text, float height) const;  // pixels

 private:
  struct Font;
  std::unique_ptr<Font> font_;
};

}  // namespace tessera::app
