#include "image/orientation.h"

#include <libexif/exif-data.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

namespace tessera::image {

int exif_orientation(std::span<const std::byte> exif) {
  if (exif.empty()) return 1;
  constexpr std::string_view signature("Exif\0\0", 6);
  // A segment of a JPEG has at most 64 KB; the first directory, which is wanted, is at the start.
  const auto relevant = exif.first(std::min<std::size_t>(exif.size(), 65536));
  std::vector<unsigned char> bytes(signature.begin(), signature.end());
  for (const std::byte byte : relevant) bytes.push_back(std::to_integer<unsigned char>(byte));

  const std::unique_ptr<ExifData, decltype(&exif_data_unref)> data(exif_data_new(), &exif_data_unref);
  if (!data) return 1;
  // Notes of the camera's maker are not wanted, nor are values made up for tags that are missing.
  exif_data_unset_option(data.get(), EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_set_option(data.get(), EXIF_DATA_OPTION_DONT_CHANGE_MAKER_NOTE);
  exif_data_load_data(data.get(), bytes.data(), unsigned(bytes.size()));
  const ExifEntry* entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (!entry || entry->format != EXIF_FORMAT_SHORT || entry->components < 1 || entry->size < 2) return 1;
  const int value = exif_get_short(entry->data, exif_data_get_byte_order(data.get()));
  return value >= 1 && value <= 8 ? value : 1;
}

Image upright(Image stored, int orientation) {
  if (orientation <= 1 || orientation > 8) return stored;
  const bool is_turned = orientation >= 5;
  // Of the stored picture: whether its columns run from the right and its rows from the bottom.
  const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_bottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  Image picture = is_turned ? Image(stored.height, stored.width) : Image(stored.width, stored.height);
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) {
      const int column = is_turned ? y : x;
      const int row = is_turned ? x : y;
      const std::uint8_t* from = stored.pixel(from_right ? stored.width - 1 - column : column,
                                              from_bottom ? stored.height - 1 - row : row);
      std::copy_n(from, 3, picture.pixel(x, y));
    }
  return picture;
}

}  // namespace tessera::image
