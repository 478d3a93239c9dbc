#include "app/window/icon.h"

#include <png.h>

namespace tessera::app {
namespace {

constexpr png_uint_32 largest_side = 1024;

}  // namespace

Icon load_icon(const std::filesystem::path& file) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_file(&png, file.string().c_str())) return {};
  png.format = PNG_FORMAT_RGBA;
  Icon icon;
  if (png.width == png.height && png.width <= largest_side) {
    icon.rgba.resize(PNG_IMAGE_SIZE(png));
    if (png_image_finish_read(&png, nullptr, icon.rgba.data(), 0, nullptr)) icon.side = int(png.width);
  }
  png_image_free(&png);
  return icon.side > 0 ? icon : Icon{};
}

}  // namespace tessera::app
