#include "image/inspection.h"

#include <string_view>

#include "tessera/base/error.h"

namespace tessera::image {
namespace {

using namespace std::string_view_literals;

// Pictures that people try and no decoder here can read: better named than called broken.
const char* foreign_format(std::string_view text) {
  if (text.starts_with("RIFF") && text.substr(0, 12).ends_with("WEBP")) return "WebP";
  if (text.starts_with("II*\0"sv) || text.starts_with("MM\0*"sv)) return "TIFF";
  if (text.starts_with("8BPS")) return "Photoshop";
  if (text.starts_with("\xFF\x0A"sv) || text.starts_with("\0\0\0\x0CJXL "sv)) return "JPEG XL";
  if (text.starts_with("\0\0\0\x0CjP  "sv)) return "JPEG 2000";
  if (text.substr(0, 8).ends_with("ftyp")) return text.substr(0, 12).ends_with("avif") ? "AVIF" : "HEIC";
  if (text.starts_with("#?RADIANCE") || text.starts_with("#?RGBE")) return "Radiance HDR";
  if (text.starts_with("%PDF")) return "PDF";
  return nullptr;
}

}  // namespace

const char* name_of(Format format) {
  switch (format) {
    case Format::png:
      return "PNG";
    case Format::jpeg:
      return "JPEG";
    case Format::bmp:
      return "BMP";
    case Format::gif:
      return "GIF";
    case Format::pnm:
      return "PNM";
  }
  return "";
}

Inspection inspect(std::span<const std::byte> bytes, const std::string& where) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.empty()) throw Error("the file is empty", where);
  if (text.starts_with("\x89PNG\r\n\x1A\n")) return inspect_png(bytes, where);
  if (text.starts_with("\xFF\xD8")) return inspect_jpeg(bytes, where);
  if (text.starts_with("BM")) return inspect_bmp(bytes, where);
  if (text.starts_with("GIF87a") || text.starts_with("GIF89a")) return inspect_gif(bytes, where);
  if (text.starts_with("P5") || text.starts_with("P6")) return inspect_pnm(bytes, where);
  if (const char* name = foreign_format(text))
    throw Error("pictures in the format " + std::string(name) + " cannot be read", where,
                "Convert it to PNG or JPEG");
  throw Error("this is not a picture that can be read", where, "Use a PNG, JPEG, BMP, GIF, PPM or PGM file");
}

}  // namespace tessera::image
