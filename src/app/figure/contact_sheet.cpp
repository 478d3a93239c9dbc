#include "app/figure/contact_sheet.h"

#include <algorithm>
#include <cmath>

#include "tessera/base/error.h"

namespace tessera::app {
namespace {

using featurevis::Failure;

constexpr int gap = 6;
constexpr int frame = 3;
constexpr float label_height = 15;
constexpr int label_room = 18;
constexpr float title_height = 22;
constexpr int title_room = 40;
constexpr int sheet_margin = 16;
constexpr double most_pixels = 100e6;
constexpr Colour ink{60, 60, 60};
constexpr Colour faint{225, 225, 225};
constexpr Colour red{200, 30, 30};

void fill(Image& picture, int x, int y, int width, int height, Colour colour) {
  for (int row = std::max(0, y); row < std::min(picture.height, y + height); ++row)
    for (int column = std::max(0, x); column < std::min(picture.width, x + width); ++column)
      std::copy(colour.begin(), colour.end(), picture.pixel(column, row));
}

void draw(Image& sheet, const SheetIcon& of, int x, int y, int size, const Lettering& lettering) {
  std::string label = std::to_string(of.channel);
  Colour colour = ink;
  if (!of.icon) {
    fill(sheet, x, y, size, size, faint);
  } else {
    if (of.icon->quality.failure != Failure::none) {
      colour = red;
      label += " " + to_text(of.icon->quality.failure);
      fill(sheet, x - frame, y - frame, size + 2 * frame, size + 2 * frame, red);
    }
    const Image& picture = of.icon->picture;
    for (int row = 0; row < std::min(size, picture.height); ++row)
      std::copy_n(picture.pixel(0, row), std::size_t(std::min(size, picture.width)) * 3,
                  sheet.pixel(x, y + row));
  }
  lettering.write(sheet, label, x, y + size + frame, label_height, colour);
}

}  // namespace

Image contact_sheet(const std::string& title, const std::vector<SheetIcon>& icons, int size, int columns,
                    const Lettering& lettering) {
  if (icons.empty()) throw Error("there are no icons for a sheet");
  const int across = size + gap, down = size + gap + label_room;
  const int count = int(icons.size());
  if (columns < 1) columns = int(std::ceil(std::sqrt(double(count) * down / across)));
  columns = std::min(columns, count);
  const int rows = (count + columns - 1) / columns;
  const int width =
      std::max(2 * sheet_margin + columns * across, 2 * sheet_margin + lettering.width(title, title_height));
  const int height = 2 * sheet_margin + title_room + rows * down;
  if (double(width) * height > most_pixels)
    throw Error("the sheet would be too large (" + std::to_string(width) + " × " + std::to_string(height) +
                    " pixels)",
                "", "Choose fewer channels");
  Image sheet(width, height);
  std::fill(sheet.rgb.begin(), sheet.rgb.end(), std::uint8_t(255));
  lettering.write(sheet, title, sheet_margin, sheet_margin, title_height, ink);
  for (int i = 0; i < count; ++i)
    draw(sheet, icons[std::size_t(i)], sheet_margin + i % columns * across,
         sheet_margin + title_room + i / columns * down, size, lettering);
  return sheet;
}

}  // namespace tessera::app
