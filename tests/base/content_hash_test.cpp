#include "tessera/base/content_hash.h"

#include <fstream>

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "tessera/base/cancelled.h"
#include "tessera/base/error.h"

namespace tessera::test::content_hash_test {

using namespace tessera;

namespace {

std::filesystem::path written(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

}  // namespace

TEST_CASE("the hash of a file is the one that xxHash gives its bytes", "[base]") {
  const test::TemporaryFolder folder;
  // XXH3_128bits of xxHash 0.8, called from C.
  CHECK(content_hash(written(folder.path() / "empty", "")) == "99aa06d3014798d86001c324468d497f");
  CHECK(content_hash(written(folder.path() / "abc", "abc")) == "06b05ab6733a618578af5f94892f3950");
}

TEST_CASE("pieces and a whole have the same hash", "[base]") {
  const test::TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += char(i % 251 * i % 251);
  ContentHash pieces;
  const auto bytes = std::as_bytes(std::span(text));
  pieces.add(bytes.first(1));
  pieces.add(bytes.subspan(1, 299'000));
  pieces.add(bytes.subspan(299'001));
  CHECK(content_hash(written(folder.path() / "a", text)) == pieces.text());
  CHECK(is_content_hash(pieces.text()));
  text[150'000] = char(text[150'000] + 1);
  CHECK(content_hash(written(folder.path() / "b", text)) != pieces.text());
}

TEST_CASE("what is no file has no hash, and nobody has to wait for one", "[base]") {
  const test::TemporaryFolder folder;
  CHECK_THROWS_AS(content_hash(folder.path() / "missing"), Error);
  CHECK_THROWS_AS(content_hash(folder.path()), Error);
  CHECK_THROWS_AS(content_hash(written(folder.path() / "a", "abc"), [] { return true; }), Cancelled);
}

TEST_CASE("only 32 lower-case hex digits are a hash", "[base]") {
  CHECK(is_content_hash("0123456789abcdef0123456789abcdef"));
  CHECK_FALSE(is_content_hash(""));
  CHECK_FALSE(is_content_hash("0123456789ABCDEF0123456789ABCDEF"));
  CHECK_FALSE(is_content_hash("0123456789abcdef0123456789abcde"));
  CHECK_FALSE(is_content_hash("0123456789abcdef0123456789abcdefa"));
  CHECK_FALSE(is_content_hash("0123456789abcdef0123456789abcdeg"));
}

}  // namespace tessera::test::content_hash_test
