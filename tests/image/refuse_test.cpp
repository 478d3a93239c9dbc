#include "image/pictures.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

namespace tessera::test::refuse_test {

using namespace tessera;
using test::content;
using test::picture_file;
using test::refusal;
using test::written;

namespace {

bool says(const std::string& told, const std::string& reason) {
  INFO(told);
  return told.find(reason) != std::string::npos;
}

}  // namespace

TEST_CASE("kinds that would be shown wrongly are refused by name", "[image]") {
  CHECK(says(refusal(picture_file("webp.webp")), "WebP"));
  CHECK(says(refusal(picture_file("tiff.tif")), "TIFF"));
  CHECK(says(refusal(picture_file("sixteen_bit.pgm")), "only 255"));
}

TEST_CASE("kinds of JPEG that cannot be read are refused by name", "[image]") {
  const test::TemporaryFolder folder;
  const std::string whole = content(picture_file("grey.jpg"));
  const std::size_t frame = whole.find("\xFF\xC0");
  REQUIRE(frame != std::string::npos);
  const auto changed = [&](std::size_t at, char byte) {
    std::string jpeg = whole;
    jpeg[frame + at] = byte;
    return refusal(written(folder.path() / "a.jpg", jpeg));
  };
  CHECK(says(changed(1, '\xC3'), "lossless"));
  CHECK(says(changed(1, '\xC9'), "arithmetic-coded"));
  CHECK(says(changed(4, 12), "8 bits a sample"));
  CHECK(says(changed(9, 2), "2 colour components"));
}

TEST_CASE("kinds of BMP that cannot be read are refused by name", "[image]") {
  const test::TemporaryFolder folder;
  const std::string whole = content(picture_file("bmp/bits24.bmp"));
  const auto changed = [&](std::size_t at, char byte) {
    std::string bmp = whole;
    bmp[at] = byte;
    return refusal(written(folder.path() / "a.bmp", bmp));
  };
  CHECK(says(changed(14, 16), "header of 16 bytes"));
  CHECK(says(changed(28, 2), "2 bits a pixel"));
  CHECK(says(changed(30, 1), "compressed in way 1 with 24 bits"));
  CHECK(says(changed(30, 4), "compressed in way 4"));
  CHECK(says(changed(30, 3), "unusual way"));  // what follows is taken for masks
}

TEST_CASE("what is no picture is refused", "[image]") {
  const test::TemporaryFolder folder;
  CHECK(says(refusal(folder.path() / "missing.png"), "no such file"));
  CHECK(says(refusal(folder.path()), "not a file"));
  CHECK(says(refusal(written(folder.path() / "a.png", "")), "empty"));
  CHECK(says(refusal(written(folder.path() / "a.png", "hello")), "not a picture"));
  CHECK(says(refusal(written(folder.path() / "named.png", "hello")), "named.png"));
}

TEST_CASE("a picture with too many pixels is refused before it is decoded", "[image]") {
  CHECK(says(refusal(picture_file("over_hundred_megapixels.png")), "12500 x 8001"));
  image::LoadLimits limits;
  limits.most_pixels = 24 * 16 - 1;
  limits.most_memory = 5000;  // enough for the file, not for the pixels
  for (const char* name :
       {"quadrants.png", "quadrants.bmp", "quadrants.gif", "quadrants.ppm", "orientation_1.jpg"}) {
    INFO(name);
    CHECK(says(refusal(picture_file(name), limits), "too large, with"));
  }
}

TEST_CASE("a header that promises more than its file can hold is not believed", "[image]") {
  image::LoadLimits limits;
  limits.most_memory = 5000;  // an allocation would be refused, with another message
  CHECK(says(refusal(picture_file("hollow.png"), limits), "too short for 9000 x 9000"));

  const test::TemporaryFolder folder;
  std::string jpeg = content(picture_file("grey.jpg"));
  const std::size_t frame = jpeg.find("\xFF\xC0");
  REQUIRE(frame != std::string::npos);
  jpeg.replace(frame + 5, 4, "\x23\x28\x23\x28");
  CHECK(says(refusal(written(folder.path() / "a.jpg", jpeg), limits), "too short for 9000 x 9000"));

  std::string bmp = content(picture_file("quadrants.bmp"));
  bmp.replace(18, 8, std::string("\x28\x23\0\0\x28\x23\0\0", 8));
  CHECK(says(refusal(written(folder.path() / "a.bmp", bmp), limits), "too short for 9000 x 9000"));

  std::string gif = content(picture_file("quadrants.gif"));
  gif.replace(6, 4, "\x28\x23\x28\x23");
  CHECK(says(refusal(written(folder.path() / "a.gif", gif), limits), "too short for 9000 x 9000"));

  CHECK(says(refusal(written(folder.path() / "a.ppm", "P6 9000 9000 255\n..."), limits),
             "too short for 9000 x 9000"));
}

TEST_CASE("what the decoder holds is bounded", "[image]") {
  image::LoadLimits limits;
  limits.most_memory = 40'000;
  CHECK(says(refusal(picture_file("hundred_megapixels.png"), limits), "too large to be decoded"));

  // The samples are 76'800 bytes; a progressive JPEG gathers as much again before it has the first of them.
  limits.most_memory = 100'000;
  CHECK(refusal(picture_file("jpeg/tall.jpg"), limits).empty());
  CHECK(says(refusal(picture_file("jpeg/tall_progressive.jpg"), limits), "too large to be decoded"));
  limits.most_memory = 76'800;
  CHECK(says(refusal(picture_file("jpeg/tall.jpg"), limits), "too large to be decoded"));
  // The file is shorter than the pixels that its runs unpack to.
  limits.most_memory = 1500;
  CHECK(says(refusal(picture_file("bmp/rle8_long.bmp"), limits), "too large to be decoded"));
}

TEST_CASE("damage is told", "[image]") {
  const test::TemporaryFolder folder;
  std::string png = content(picture_file("scene.png"));
  png[png.size() / 2] = char(png[png.size() / 2] ^ 1);
  CHECK(says(refusal(written(folder.path() / "a.png", png)), "checksum"));

  std::string jpeg = content(picture_file("orientation_1.jpg"));
  const std::size_t tables = jpeg.find("\xFF\xC4");
  REQUIRE(tables != std::string::npos);
  jpeg.replace(tables + 5, 16, std::string(16, '\x20'));
  CHECK(says(refusal(written(folder.path() / "a.jpg", jpeg)), "Huffman table"));
}

TEST_CASE("a JPEG whose pixels end early is refused although it has an end", "[image]") {
  const test::TemporaryFolder folder;
  const std::string jpeg = content(picture_file("jpeg/420.jpg"));
  CHECK(says(refusal(written(folder.path() / "a.jpg", jpeg.substr(0, jpeg.size() - 300) + "\xFF\xD9")),
             "truncated"));
}

TEST_CASE("a JPEG without its end is refused, and bytes after the end are ignored", "[image]") {
  const test::TemporaryFolder folder;
  const std::string jpeg = content(picture_file("orientation_1.jpg"));
  CHECK(says(refusal(written(folder.path() / "a.jpg", jpeg.substr(0, jpeg.size() - 2))), "truncated"));
  CHECK(refusal(written(folder.path() / "a.jpg", jpeg + "a film, as some telephones append")).empty());
}

}  // namespace tessera::test::refuse_test
