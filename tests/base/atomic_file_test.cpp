#include "tessera/base/atomic_file.h"

#include <fstream>
#include <iterator>

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "tessera/base/error.h"

namespace tessera::test::atomic_file_test {

using namespace tessera;

namespace {

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a file is replaced whole and nothing is left beside it", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "a.txt";
  write_file_atomically(file, std::string_view("first"));
  write_file_atomically(file, std::string_view("second"));
  CHECK(content(file) == "second");
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a file that cannot be written is named in the error", "[base]") {
  const test::TemporaryFolder folder;
  try {
    write_file_atomically(folder.path() / "missing" / "a.txt", std::string_view("x"));
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find("a.txt") != std::string::npos);
  }
}

}  // namespace tessera::test::atomic_file_test
