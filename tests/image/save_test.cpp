#include "tessera/image/save.h"

#include <png.h>

#include <memory>

#include "image/pictures.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

namespace tessera::test::save_test {

using namespace tessera;

namespace {

// The chunks of a PNG beside its pixels, as libpng reads them.
struct Chunks {
  bool is_srgb = false;
  png_uint_32 pixels_per_meter = 0;
  std::map<std::string, std::string> texts;
};

Chunks read_chunks(const std::filesystem::path& file) {
  Chunks chunks;
  const std::unique_ptr<FILE, decltype(&fclose)> in(fopen(file.c_str(), "rb"), &fclose);
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  if (setjmp(png_jmpbuf(png))) {
    FAIL_CHECK("libpng cannot read the file");
  } else {
    png_init_io(png, in.get());
    png_read_png(png, info, PNG_TRANSFORM_IDENTITY, nullptr);
    int intent = 0;
    chunks.is_srgb = png_get_sRGB(png, info, &intent) != 0;
    chunks.pixels_per_meter = png_get_pixels_per_meter(png, info);
    png_textp texts = nullptr;
    int count = 0;
    png_get_text(png, info, &texts, &count);
    for (int i = 0; i < count; ++i) chunks.texts[texts[i].key] = texts[i].text;
  }
  png_destroy_read_struct(&png, &info, nullptr);
  return chunks;
}

}  // namespace

TEST_CASE("a saved picture is loaded as it was", "[image]") {
  const test::TemporaryFolder folder;
  const Image scene = test::picture("scene.png");
  image::save_png(scene, folder.path() / "a.png");
  CHECK(image::load(folder.path() / "a.png") == scene);
}

TEST_CASE("texts, resolution and colour space are written", "[image]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "a.png";
  const std::map<std::string, std::string> texts = {
      {"Title", "Größe – 大"}, {"tessera", std::string(5000, 'x')}, {"empty", ""}};
  image::save_png(test::picture("quadrants.png"), file, texts, 300);
  const Chunks chunks = read_chunks(file);
  CHECK(chunks.is_srgb);
  CHECK(chunks.pixels_per_meter == 11811);
  CHECK(chunks.texts == texts);
  CHECK(std::filesystem::file_size(file) < 1000);  // the long text is compressed
}

TEST_CASE("nothing is written beside the pixels unless asked for", "[image]") {
  const test::TemporaryFolder folder;
  image::save_png(Image(1, 1), folder.path() / "a.png");
  const Chunks chunks = read_chunks(folder.path() / "a.png");
  CHECK(chunks.pixels_per_meter == 0);
  CHECK(chunks.texts.empty());
}

TEST_CASE("what a PNG cannot hold is refused and leaves the file that was there", "[image]") {
  const test::TemporaryFolder folder;
  const auto file = test::written(folder.path() / "a.png", "before");
  const Image dot(1, 1);
  CHECK_THROWS_AS(image::save_png(Image(), file), Error);
  CHECK_THROWS_AS(image::save_png(dot, file, {{"", "x"}}), Error);
  CHECK_THROWS_AS(image::save_png(dot, file, {{std::string(80, 'k'), "x"}}), Error);
  CHECK_THROWS_AS(image::save_png(dot, file, {{" key", "x"}}), Error);
  CHECK_THROWS_AS(image::save_png(dot, file, {{"schlüssel", "x"}}), Error);
  CHECK_THROWS_AS(image::save_png(dot, file, {{"key", std::string("a\0b", 3)}}), Error);
  CHECK_THROWS_AS(image::save_png(dot, folder.path() / "missing" / "a.png"), Error);
  CHECK(test::content(file) == "before");
}

}  // namespace tessera::test::save_test
