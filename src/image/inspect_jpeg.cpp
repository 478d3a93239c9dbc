#include <string>
#include <string_view>

#include "image/byte_reader.h"
#include "image/inspection.h"
#include "image/orientation.h"

// Marker names: ITU-T T.81, table B.1.
namespace tessera::image {
namespace {

enum Marker : std::uint32_t {
  DHT = 0xC4,
  JPG = 0xC8,
  DAC = 0xCC,
  RST0 = 0xD0,
  RST7 = 0xD7,
  EOI = 0xD9,
  SOS = 0xDA,
  APP1 = 0xE1
};

bool is_frame_header(std::uint32_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != DHT && marker != JPG && marker != DAC;
}

void read_frame_header(std::uint32_t marker, ByteReader segment, Inspection& found) {
  const std::string& where = segment.where();
  const char* remedy = "Convert it to an ordinary RGB JPEG or to PNG";
  if (found.width != 0) throw Error("the JPEG picture is damaged: it has two frame headers", where);
  if (marker > 0xC2)
    throw Error("this JPEG picture is lossless, hierarchical or arithmetic-coded, which cannot be read",
                where, remedy);
  if (segment.u8() != 8)
    throw Error("this JPEG picture does not have 8 bits a sample, and cannot be read", where, remedy);
  found.height = segment.big16();
  found.width = segment.big16();
  const std::uint32_t components = segment.u8();
  if (components != 1 && components != 3 && components != 4)
    throw Error(
        "this JPEG picture has " + std::to_string(components) + " colour components; 1, 3 or 4 can be read",
        where, remedy);
  found.channels = int(components);

  // Every 8x8 block of every component takes at least one bit, and the component with the finest sampling has
  // one block for 64 pixels; the coarser ones are left out of account.
  found.most_pixels *= 64;
}

// What the segments APP1 say about how the picture is turned. EXIF data may go over several segments; of XMP
// packets the last counts, as in Pillow.
struct Metadata {
  std::string exif;
  std::string_view xmp;

  void read(std::string_view segment) {
    constexpr std::string_view exif_signature("Exif\0\0", 6),
        xmp_signature("http://ns.adobe.com/xap/1.0/\0", 29);
    if (segment.starts_with(exif_signature)) exif += segment.substr(exif_signature.size());
    if (segment.starts_with(xmp_signature)) xmp = segment.substr(xmp_signature.size());
  }
};

// Passes over bytes until a marker, and returns it. In entropy-coded data FF 00 stands for a byte FF, restart
// markers belong to the data, and any number of FF may precede a marker.
std::uint32_t next_marker(ByteReader& reader) {
  for (;;) {
    reader.skip_to(std::byte(0xFF));
    std::uint32_t code = reader.u8();
    while (code == 0xFF) code = reader.u8();
    if (code != 0 && !(code >= RST0 && code <= RST7)) return code;
  }
}

}  // namespace

Inspection inspect_jpeg(std::span<const std::byte> bytes, const std::string& where) {
  ByteReader reader(bytes, where);
  reader.take(2);
  Inspection found;
  found.format = Format::jpeg;
  found.most_pixels = double(bytes.size()) * 8;
  Metadata metadata;
  int scans = 0;
  for (;;) {
    const std::uint32_t marker = next_marker(reader);
    if (marker == EOI) break;
    const std::size_t length = reader.big16();
    if (length < 2) throw Error("the JPEG picture is damaged: a segment has no length", where);
    const auto data = reader.take(length - 2);
    if (is_frame_header(marker)) read_frame_header(marker, ByteReader(data, where), found);
    // A scan may be a few bytes long and still costs a pass over all blocks. Encoders write about ten.
    if (marker == SOS && ++scans > 256) throw Error("the JPEG picture has more than 256 scans", where);
    if (marker == APP1 && scans == 0) metadata.read(ByteReader(data, where).text(data.size()));
  }
  if (found.width == 0 || scans == 0)
    throw Error("the JPEG picture is damaged: it ends before its pixels", where);
  found.orientation = orientation(metadata.exif, metadata.xmp);
  return found;
}

}  // namespace tessera::image
