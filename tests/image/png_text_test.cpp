#include "tessera/image/png_text.h"

#include <zlib.h>

#include <cstdint>
#include <random>

#include "image/pictures.h"
#include "support/catch.h"
#include "support/temporary_folder.h"
#include "tessera/image/save.h"

namespace tessera::test::png_text_test {

using namespace tessera;
using test::content;
using test::written;

namespace {

constexpr std::size_t most = 10'000;

std::string big32(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += char(value >> shift);
  return bytes;
}

std::string chunk(const std::string& type, const std::string& body) {
  const std::string checked = type + body;
  const uLong checksum = crc32_z(0, reinterpret_cast<const Bytef*>(checked.data()), checked.size());
  return big32(std::uint32_t(body.size())) + checked + big32(std::uint32_t(checksum));
}

std::string packed(const std::string& text) {
  std::string bytes(compressBound(uLong(text.size())), '\0');
  auto length = uLongf(bytes.size());
  compress(reinterpret_cast<Bytef*>(bytes.data()), &length, reinterpret_cast<const Bytef*>(text.data()),
           uLong(text.size()));
  bytes.resize(length);
  return bytes;
}

const std::string zero(1, '\0');
const std::string signature = "\x89PNG\r\n\x1A\n";

std::string international(const std::string& text, bool compressed = false,
                          const std::string& keyword = "tessera") {
  const std::string flags = compressed ? std::string("\1\0", 2) : std::string(2, '\0');
  return chunk("iTXt", keyword + zero + flags + zero + zero + (compressed ? packed(text) : text));
}

// A PNG as far as anybody looks who does not want its pixels.
std::string png(const std::string& before, const std::string& behind = "") {
  return signature + chunk("IHDR", std::string(13, '\1')) + before + chunk("IDAT", std::string(5000, 'x')) +
         behind + chunk("IEND", "");
}

class Folder {
 public:
  std::optional<std::string> read(const std::string& bytes, const std::string& keyword = "tessera") {
    return image::read_png_text(written(folder_.path() / "a.png", bytes), keyword, most);
  }
  // What is said where it is refused; empty where it is not.
  std::string refusal(const std::string& bytes) {
    try {
      read(bytes);
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }
  std::filesystem::path path() const { return folder_.path(); }

 private:
  test::TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("texts that were saved are read", "[image]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "a.png";
  const std::string longer(5000, 'y');
  image::save_png(test::picture("quadrants.png"), file,
                  {{"Title", "Größe – 大 🐈"}, {"tessera", longer}, {"empty", ""}});
  CHECK(image::read_png_text(file, "Title", most) == "Größe – 大 🐈");
  CHECK(image::read_png_text(file, "tessera", most) == longer);
  CHECK(image::read_png_text(file, "tessera", 5000) == longer);
  CHECK_THROWS_AS(image::read_png_text(file, "tessera", 4999), Error);
  CHECK(image::read_png_text(file, "empty", most) == "");
  CHECK(image::read_png_text(file, "title", most) == std::nullopt);
}

TEST_CASE("a picture without the text has none", "[image]") {
  CHECK(image::read_png_text(test::picture_file("scene.png"), "tessera", most) == std::nullopt);
  CHECK(image::read_png_text(test::picture_file("orientation_1.jpg"), "tessera", most) == std::nullopt);
  Folder folder;
  CHECK(folder.read("") == std::nullopt);
  CHECK(folder.read("short") == std::nullopt);
  CHECK_THROWS_AS(image::read_png_text(folder.path() / "missing.png", "tessera", most), Error);
  CHECK_THROWS_AS(image::read_png_text(folder.path(), "tessera", most), Error);
}

TEST_CASE("every kind of text chunk is read, before and behind the pixels", "[image]") {
  Folder folder;
  CHECK(folder.read(png(international("one"))) == "one");
  CHECK(folder.read(png("", international("two", true))) == "two");
  CHECK(folder.read(png(chunk("tEXt", "tessera" + zero + "caf\xe9"))) == "café");
  CHECK(folder.read(png(chunk("zTXt", "tessera" + zero + zero + packed("caf\xe9")))) == "café");
  CHECK(folder.read(png(international("other", false, "tessera2") + international("ours"))) == "ours");
}

TEST_CASE("texts that are not what they promise are refused", "[image]") {
  Folder folder;
  CHECK(folder.refusal(png(international("a") + international("b"))).find("two texts") != std::string::npos);
  CHECK(folder.refusal(png(international("\xff\xfe"))).find("UTF-8") != std::string::npos);
  for (const char* broken :
       {"\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\x80", "\xf0\x80\x80\x80"})
    CHECK(folder.refusal(png(international(broken))).find("UTF-8") != std::string::npos);
  CHECK(folder.refusal(png(chunk("iTXt", "tessera" + zero))).find("cut off") != std::string::npos);
  CHECK(folder.refusal(png(chunk("iTXt", "tessera" + zero + zero + zero + "de"))).find("cut off") !=
        std::string::npos);
  CHECK(
      folder.refusal(png(chunk("iTXt", "tessera" + zero + "\2" + zero + zero + zero + "x"))).find("packed") !=
      std::string::npos);
  CHECK(folder.refusal(png(chunk("zTXt", "tessera" + zero + "\1" + packed("x")))).find("packed") !=
        std::string::npos);
  CHECK(folder.refusal(png(chunk("zTXt", "tessera" + zero + zero + "no deflate"))).find("damaged") !=
        std::string::npos);
  std::string damaged = png(international("some text"));
  damaged[damaged.find("some")] = 't';
  CHECK(folder.refusal(damaged).find("checksum") != std::string::npos);
}

TEST_CASE("a text takes no more memory than is allowed, however it is packed", "[image]") {
  Folder folder;
  CHECK(folder.read(png(international(std::string(most, 'x')))) == std::string(most, 'x'));
  CHECK(folder.read(png(international(std::string(most, 'x'), true))) == std::string(most, 'x'));
  CHECK(folder.refusal(png(international(std::string(most + 1, 'x')))).find("too long") != std::string::npos);
  CHECK(folder.refusal(png(international(std::string(50'000'000, 'x'), true))).find("too long") !=
        std::string::npos);
  CHECK(folder.refusal(png(chunk("tEXt", "tessera" + zero + std::string(1'000'000, 'x')))).find("too long") !=
        std::string::npos);
  // Somebody else's long text is none of our business.
  CHECK(folder.read(png(international(std::string(1'000'000, 'x'), false, "comment") +
                        international("ours"))) == "ours");
  // A length without the bytes.
  CHECK(folder.refusal(signature + big32(0xFFFFFFFF) + "iTXttessera").find("ends before") !=
        std::string::npos);
}

TEST_CASE("a file that ends too early or never is refused", "[image]") {
  Folder folder;
  const std::string whole = png(international("text"), international("more", false, "other"));
  for (std::size_t length = 8; length < whole.size(); length += 7)
    CHECK_FALSE(folder.refusal(whole.substr(0, length)).empty());
  std::string many = signature;
  for (int i = 0; i < 100'001; ++i) many += chunk("abcd", "");
  CHECK(folder.refusal(many + chunk("IEND", "")).find("too many parts") != std::string::npos);
}

TEST_CASE("random damage is refused or does not matter", "[image]") {
  Folder folder;
  const std::string whole = png(international("text", true), chunk("tEXt", "tesser" + zero + "b"));
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    std::string bytes = whole;
    for (int hit = 0; hit < 3; ++hit) bytes[8 + random() % (bytes.size() - 8)] = char(random());
    try {
      const auto text = folder.read(bytes);
      CHECK((!text || *text == "text"));
    } catch (const Error&) {
    }
  }
}

}  // namespace tessera::test::png_text_test
