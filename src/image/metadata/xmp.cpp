#include "image/metadata/xmp.h"

namespace tessera::image {

std::optional<int> xmp_orientation(std::string_view packet) {
  constexpr std::string_view name = "tiff:Orientation";
  for (auto at = packet.find(name); at != std::string_view::npos; at = packet.find(name)) {
    packet.remove_prefix(at + name.size());
    const std::size_t opening = packet.starts_with("=\"") ? 2 : packet.starts_with(">") ? 1 : 0;
    if (opening == 0 || packet.size() <= opening) continue;
    if (const char digit = packet[opening]; digit >= '0' && digit <= '9') return digit - '0';
  }
  return std::nullopt;
}

}  // namespace tessera::image
