#include <zlib.h>

#include <random>

#include "image/pictures.h"
#include "image/read_picture.h"
#include "support/catch.h"

namespace tessera::test::damage_test {

using namespace tessera;
using test::content;
using test::picture_file;

// Meant to be run with the address and undefined behaviour sanitizers as well: anything but a picture or an
// Error ends the test.

namespace {

const std::vector<std::string> small_pictures = {"quadrants.png",
                                                 "quadrants_palette.png",
                                                 "rgba_16_bit.png",
                                                 "grey_alpha.png",
                                                 "quadrants.bmp",
                                                 "quadrants.gif",
                                                 "orientation_6.jpg",
                                                 "quadrants_progressive.jpg",
                                                 "quadrants_subsampled.jpg",
                                                 "grey.pgm",
                                                 "orientation_6.png"};

// Everything that Pillow has judged: every way of writing a JPEG, a BMP and an orientation.
std::vector<std::string> all_pictures() {
  std::vector<std::string> all = small_pictures;
  for (const auto& [folder, extension] : {std::pair("jpeg", ".jpg"), std::pair("bmp", ".bmp"),
                                          std::pair("turned", ""), std::pair("not_turned", "")})
    for (std::string& name : test::pictures_in(folder, extension)) all.push_back(std::move(name));
  return all;
}

// How many of a file's bytes are needed for all pixels.
std::size_t needed(const std::string& name, std::size_t size) {
  // A GIF's first frame may be whole before its end: what follows is not looked at.
  if (name.ends_with(".gif")) return size - 2;
  // What fills the last row up, or ends the row and the picture of runs.
  return name.ends_with(".bmp") ? size - 4 : size;
}

// Kept small, so that a damaged header costs little.
image::LoadLimits small_limits() {
  image::LoadLimits limits;
  limits.most_pixels = 4'000'000;
  limits.most_memory = 100'000'000;
  return limits;
}

bool is_refused(const std::string& bytes) {
  try {
    image::read_picture(std::as_bytes(std::span(bytes)), "damaged", small_limits());
    return false;
  } catch (const Error&) {
    return true;
  }
}

std::uint32_t big32(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | std::uint8_t(bytes[at + i]);
  return value;
}

// Makes the checksums of a PNG right as far as its chunks can be followed, so that the decoder sees the
// damage.
void repair_checksums(std::string& png) {
  for (std::size_t at = 8; at + 12 <= png.size();) {
    const std::size_t length = big32(png, at);
    if (length > png.size() - at - 12) return;
    const uLong sum = crc32(0, reinterpret_cast<const Bytef*>(&png[at + 4]), uInt(length + 4));
    for (std::size_t i = 0; i < 4; ++i) png[at + 8 + length + i] = char(sum >> (24 - 8 * i) & 255);
    at += 12 + length;
  }
}

}  // namespace

TEST_CASE("a picture cut anywhere is refused", "[image]") {
  for (const std::string& name : all_pictures()) {
    const std::string whole = content(picture_file(name));
    INFO(name);
    REQUIRE_FALSE(is_refused(whole));
    for (std::size_t length = 0; length < whole.size(); ++length) {
      const bool refused = is_refused(whole.substr(0, length));
      if (!refused && length < needed(name, whole.size()))
        FAIL_CHECK("cut to " << length << " bytes it is read");
    }
  }
}

TEST_CASE("a picture with changed bytes is read or refused", "[image]") {
  std::mt19937 random(20240501);
  int refused = 0;
  for (const std::string& name : all_pictures()) {
    const std::string whole = content(picture_file(name));
    for (int round = 0; round < 100; ++round) {
      std::string damaged = whole;
      for (unsigned changes = 1 + random() % 4; changes > 0; --changes)
        damaged[random() % damaged.size()] = char(random() & 255);
      if (name.ends_with(".png")) repair_checksums(damaged);
      refused += is_refused(damaged);
    }
  }
  CHECK(refused > 1000);
}

}  // namespace tessera::test::damage_test
