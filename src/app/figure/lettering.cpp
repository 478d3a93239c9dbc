#include "app/figure/lettering.h"

#include <cmath>
#include <cstddef>
#include <vector>

#include "base/read_file.h"
#include "tessera/base/error.h"

#define STB_TRUETYPE_IMPLEMENTATION
#define STBTT_STATIC
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wshadow"
#include <stb_truetype.h>
#pragma GCC diagnostic pop

namespace tessera::app {
namespace {

constexpr std::size_t largest_font = std::size_t(16) << 20;

// UTF-8 that is none gives question marks.
std::vector<int> code_points(const std::string& text) {
  std::vector<int> points;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = std::uint8_t(text[i++]);
    const int more = byte < 0x80 ? 0 : byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC0 ? 1 : -1;
    if (more < 0 || i + std::size_t(more) > text.size()) {
      points.push_back('?');
      continue;
    }
    int point = more == 0 ? byte : byte & (0x3F >> more);
    for (int k = 0; k < more; ++k) point = point << 6 | (std::uint8_t(text[i++]) & 0x3F);
    points.push_back(point);
  }
  return points;
}

}  // namespace

struct Lettering::Font {
  std::vector<std::byte> bytes;
  stbtt_fontinfo info{};
};

Lettering::Lettering(const std::filesystem::path& font) : font_(std::make_unique<Font>()) {
  font_->bytes = read_file(font, largest_font);
  const auto* data = reinterpret_cast<const unsigned char*>(font_->bytes.data());
  if (stbtt_InitFont(&font_->info, data, stbtt_GetFontOffsetForIndex(data, 0)) == 0)
    throw Error("the font cannot be read", font.string());
}

Lettering::~Lettering() = default;

int Lettering::width(const std::string& text, float height) const {
  const float scale = stbtt_ScaleForPixelHeight(&font_->info, height);
  float x = 0;
  for (const int point : code_points(text)) {
    int advance = 0, bearing = 0;
    stbtt_GetCodepointHMetrics(&font_->info, point, &advance, &bearing);
    x += scale * float(advance);
  }
  return int(std::ceil(x));
}

void Lettering::write(Image& picture, const std::string& text, int x, int y, float height,
                      Colour colour) const {
  const float scale = stbtt_ScaleForPixelHeight(&font_->info, height);
  int ascent = 0, descent = 0, gap = 0;
  stbtt_GetFontVMetrics(&font_->info, &ascent, &descent, &gap);
  const int baseline = y + int(std::lround(scale * float(ascent)));
  float pen = float(x);
  for (const int point : code_points(text)) {
    const float start = std::floor(pen);
    int width = 0, rows = 0, left = 0, top = 0;
    unsigned char* mask = stbtt_GetCodepointBitmapSubpixel(&font_->info, scale, scale, pen - start, 0, point,
                                                           &width, &rows, &left, &top);
    for (int row = 0; row < rows; ++row)
      for (int column = 0; column < width; ++column) {
        const int at_x = int(start) + left + column, at_y = baseline + top + row;
        if (at_x < 0 || at_y < 0 || at_x >= picture.width || at_y >= picture.height) continue;
        const int cover = mask[row * width + column];
        std::uint8_t* pixel = picture.pixel(at_x, at_y);
        for (std::size_t c = 0; c < 3; ++c)
          pixel[c] = std::uint8_t((pixel[c] * (255 - cover) + colour[c] * cover + 127) / 255);
      }
    stbtt_FreeBitmap(mask, nullptr);
    int advance = 0, bearing = 0;
    stbtt_GetCodepointHMetrics(&font_->info, point, &advance, &bearing);
    pen += scale * float(advance);
  }
}

}  // namespace tessera::app
