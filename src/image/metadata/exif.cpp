#include "image/metadata/exif.h"

#include <libexif/exif-data.h>

#include <algorithm>
#include <memory>
#include <string>

namespace tessera::image {
namespace {

constexpr std::string_view signature("Exif\0\0", 6);

int value_of(const ExifEntry& entry, ExifByteOrder order) {
  if (entry.components < 1 || entry.size < exif_format_get_size(entry.format)) return 0;
  switch (entry.format) {
    case EXIF_FORMAT_SBYTE:
      return static_cast<signed char>(entry.data[0]);
    case EXIF_FORMAT_SHORT:
      return exif_get_short(entry.data, order);
    case EXIF_FORMAT_SSHORT:
      return exif_get_sshort(entry.data, order);
    case EXIF_FORMAT_LONG:
      return int(std::min<ExifLong>(exif_get_long(entry.data, order), 1000));
    case EXIF_FORMAT_SLONG:
      return exif_get_slong(entry.data, order);
    default:
      return 0;
  }
}

}  // namespace

std::optional<int> exif_orientation(std::string_view exif) {
  // Some programs write the signature twice, and some write it into a PNG, where it does not belong.
  for (int times = 0; times < 2 && exif.starts_with(signature); ++times) exif.remove_prefix(signature.size());
  if (exif.empty()) return std::nullopt;
  // libexif reads no more than a segment of a JPEG can hold; the first directory, which is wanted, is at the
  // start.
  const auto bytes = std::string(signature) + std::string(exif.substr(0, 65536));

  const std::unique_ptr<ExifData, decltype(&exif_data_unref)> data(exif_data_new(), &exif_data_unref);
  if (!data) return std::nullopt;
  // Notes of the camera's maker are not wanted, nor are values made up for tags that are missing.
  exif_data_unset_option(data.get(), EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_set_option(data.get(), EXIF_DATA_OPTION_DONT_CHANGE_MAKER_NOTE);
  exif_data_load_data(data.get(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      unsigned(bytes.size()));
  const ExifEntry* entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (!entry) return std::nullopt;
  return value_of(*entry, exif_data_get_byte_order(data.get()));
}

}  // namespace tessera::image
