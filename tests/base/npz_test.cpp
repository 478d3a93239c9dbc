#include "tessera/base/npz.h"

#include <fstream>
#include <functional>
#include <iterator>
#include <string>

#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/base/error.h"

namespace tessera::test::npz_test {

using namespace tessera;

namespace {

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

// Stored without compression, so names and sizes can be changed in place: once beside the data, once in the
// directory.
void replace_all(std::string& bytes, const std::string& old, const std::string& replacement) {
  REQUIRE(old.size() == replacement.size());
  int count = 0;
  for (std::size_t at = 0; (at = bytes.find(old, at)) != std::string::npos; at += old.size(), ++count)
    bytes.replace(at, old.size(), replacement);
  REQUIRE(count > 0);
}

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

const npz::Arrays two = {{"first", {{2, 3}, {1, 2, 3, 4, 5, 6}}}, {"other", {{1}, {7}}}};

}  // namespace

TEST_CASE("arrays come back from an archive as they were", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "a.npz";
  npz::save(file, two);
  CHECK(npz::names(file) == std::vector<std::string>{"first", "other"});
  const npz::Arrays loaded = npz::load(file);
  REQUIRE(loaded.size() == 2);
  for (const auto& [name, array] : two) {
    CHECK(loaded.at(name).shape == array.shape);
    CHECK(loaded.at(name).values == array.values);
  }
  CHECK(npz::load(file, "other").values == std::vector<float>{7});
}

TEST_CASE("equal arrays give equal archives, and nothing else is left in the folder", "[base]") {
  const test::TemporaryFolder folder;
  npz::save(folder.path() / "a.npz", two);
  npz::save(folder.path() / "b.npz", two);
  CHECK(read(folder.path() / "a.npz") == read(folder.path() / "b.npz"));
  const auto files = std::filesystem::directory_iterator(folder.path());
  CHECK(std::distance(begin(files), end(files)) == 2);
}

TEST_CASE("an archive that numpy.savez_compressed wrote is read", "[base]") {
  const npz::Arrays arrays = npz::load(test::data("tiny/tiny_inception.npz"));
  CHECK(arrays.size() == 6);
  CHECK(arrays.contains("logits"));
}

TEST_CASE("an archive that cannot be written leaves the old one", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "a.npz";
  npz::save(file, two);
  CHECK_THROWS_AS(npz::save(file, {{"wrong", {{2, 2}, {1, 2, 3}}}}), Error);
  CHECK(npz::names(file).size() == 2);
  CHECK_THROWS_AS(npz::save(folder.path() / "nowhere" / "a.npz", two), Error);
}

TEST_CASE("bad archives are refused with a reason", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "a.npz";
  npz::save(file, two);
  const std::string good = read(file);
  struct Case {
    std::string what, reason;
    std::function<void(std::string&)> change;
  };
  const std::vector<Case> cases = {
      {"empty", "not a sound NumPy .npz", [](std::string& bytes) { bytes.clear(); }},
      {"text", "not a sound NumPy .npz", [](std::string& bytes) { bytes = "hello"; }},
      {"truncated", "not a sound NumPy .npz", [](std::string& bytes) { bytes.resize(bytes.size() / 2); }},
      {"name twice", "not a sound NumPy .npz",
       [](std::string& bytes) { replace_all(bytes, "other.npy", "first.npy"); }},
      {"no array", "\"other.txt\", which is not",
       [](std::string& bytes) { replace_all(bytes, "other.npy", "other.txt"); }},
      {"a value changed", "damaged",
       [](std::string& bytes) {
         replace_all(bytes, std::string("\0\0\xc0\x40", 4), std::string("\0\0\xc1\x40", 4));
       }},
  };
  for (const Case& bad : cases) {
    INFO(bad.what);
    std::string bytes = good;
    bad.change(bytes);
    write(file, bytes);
    const std::string reason = refusal([&] { npz::load(file); });
    INFO(reason);
    CHECK(reason.find(bad.reason) != std::string::npos);
  }
}

TEST_CASE("an archive that lies about a size takes no memory for it", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "a.npz";
  npz::save(file, {{"one", {{1}, {7}}}});
  const std::string good = read(file);
  const std::size_t size = npy::encode(std::vector<std::size_t>{1}, std::vector<float>{7}).size();
  std::string bytes = good;
  // packed and unpacked size, as 32-bit numbers one after the other
  const std::string honest = {char(size), 0, 0, 0, char(size), 0, 0, 0};
  replace_all(bytes, honest, {char(size), 0, 0, 0, char(0xff), char(0xff), char(0xff), 0x7f});
  write(file, bytes);
  CHECK_FALSE(refusal([&] { npz::load(file); }).empty());
}

TEST_CASE("a limit on the number of values holds for all arrays together", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "a.npz";
  npz::save(file, two);
  CHECK(npz::load(file, std::size_t(7)).size() == 2);
  CHECK(refusal([&] { npz::load(file, std::size_t(6)); }).find("more than 0 values") != std::string::npos);
}

TEST_CASE("what is missing is named", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "a.npz";
  CHECK(refusal([&] { npz::load(file); }).find("no such file") != std::string::npos);
  CHECK(refusal([&] { npz::load(folder.path()); }).find("not a file") != std::string::npos);
  npz::save(file, two);
  CHECK(refusal([&] { npz::load(file, "third"); }).find("It holds: first, other") != std::string::npos);
}

}  // namespace tessera::test::npz_test
