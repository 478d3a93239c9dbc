#include "tessera/base/npy.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <functional>
#include <limits>
#include <numeric>

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "tessera/base/error.h"

namespace tessera::test::npy_test {

using namespace tessera;

namespace {

// A .npy file: magic, version, length of the header, the header, the values.
std::string npy_file(std::string header, const std::string& values, int version = 1) {
  std::string file = "\x93NUMPY";
  file += char(version);
  file += '\0';
  for (int i = 0; i < (version == 1 ? 2 : 4); ++i) file += char(header.size() >> (8 * i) & 255);
  return file + header + values;
}

std::string dictionary(const std::string& type, const std::string& shape, bool fortran_order = false) {
  return "{'descr': '" + type + "', 'fortran_order': " + (fortran_order ? "True" : "False") +
         ", 'shape': " + shape + ", }\n";
}

template <typename... Stored>
std::string packed(bool big_endian, Stored... values) {
  std::string bytes;
  const auto append = [&](auto value) {
    std::string one(sizeof(value), '\0');
    std::memcpy(one.data(), &value, sizeof(value));
    if (big_endian != (std::endian::native == std::endian::big)) one.assign(one.rbegin(), one.rend());
    bytes += one;
  };
  (append(values), ...);
  return bytes;
}

npy::Array parse(const std::string& file, std::size_t most_values = 1000) {
  return npy::parse(std::as_bytes(std::span(file)), "test.npy", most_values);
}

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

using Shape = std::vector<std::size_t>;
using Values = std::vector<float>;

}  // namespace

TEST_CASE("an array comes back from its file as it was", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "a.npy";
  const Shape shape = GENERATE(Shape{}, Shape{1}, Shape{7}, Shape{0, 5}, Shape{2, 3}, Shape{2, 1, 3, 4});
  Values values(std::accumulate(shape.begin(), shape.end(), std::size_t(1), std::multiplies<>()));
  std::iota(values.begin(), values.end(), -1.5f);

  npy::save(file, shape, values);
  const npy::Array array = npy::load(file);
  CHECK(array.shape == shape);
  CHECK(array.values == values);
}

TEST_CASE("a cube is written as height, width, channels", "[base]") {
  const test::TemporaryFolder folder;
  Cube cube(2, 3, 4);
  cube.at(1, 2, 3) = 5;
  npy::save(folder.path() / "cube.npy", cube);
  const npy::Array array = npy::load(folder.path() / "cube.npy");
  CHECK(array.shape == Shape{2, 3, 4});
  CHECK(array.values == cube.values);
}

TEST_CASE("the values of a written file start at a multiple of 64 bytes", "[base]") {
  const test::TemporaryFolder folder;
  const Values values(1);
  npy::save(folder.path() / "a.npy", Shape{1}, values);
  CHECK(std::filesystem::file_size(folder.path() / "a.npy") % 64 == sizeof(float));
}

TEST_CASE("a shape that does not fit the values is not written", "[base]") {
  const test::TemporaryFolder folder;
  const Values values(5);
  CHECK_THROWS_AS(npy::save(folder.path() / "a.npy", Shape{2, 3}, values), Error);
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("every type is read in either byte order", "[base]") {
  const bool big = GENERATE(false, true);
  const std::string order = big ? ">" : "<";
  CHECK(parse(npy_file(dictionary(order + "f4", "(2,)"), packed(big, 1.5f, -2.0f))).values ==
        Values{1.5, -2});
  CHECK(parse(npy_file(dictionary(order + "f8", "(2,)"), packed(big, 1.5, -2.0))).values == Values{1.5, -2});
  CHECK(parse(npy_file(dictionary(order + "i4", "(2,)"), packed(big, std::int32_t(-7), std::int32_t(70000))))
            .values == Values{-7, 70000});
  CHECK(parse(npy_file(dictionary(order + "i8", "(1,)"), packed(big, std::int64_t(-5'000'000'000)))).values ==
        Values{-5e9f});
  CHECK(parse(npy_file(dictionary("|u1", "(2,)"), "\x07\xff")).values == Values{7, 255});
  CHECK(parse(npy_file(dictionary("|b1", "(2,)"), std::string("\x00\x01", 2))).values == Values{0, 1});
}

TEST_CASE("half precision keeps zeros, subnormals, infinities and NaN", "[base]") {
  const auto halves =
      packed(false, std::uint16_t(0x3C00), std::uint16_t(0xC100), std::uint16_t(0x8000),
             std::uint16_t(0x0001), std::uint16_t(0x7BFF), std::uint16_t(0xFC00), std::uint16_t(0x7E00));
  const Values values = parse(npy_file(dictionary("<f2", "(7,)"), halves)).values;
  CHECK(values[0] == 1.0f);
  CHECK(values[1] == -2.5f);
  CHECK((values[2] == 0.0f && std::signbit(values[2])));
  CHECK(values[3] == std::ldexp(1.0f, -24));
  CHECK(values[4] == 65504.0f);
  CHECK(values[5] == -std::numeric_limits<float>::infinity());
  CHECK(std::isnan(values[6]));
}

TEST_CASE("Fortran order is turned into C order", "[base]") {
  // a[i,j,k] = 100 i + 10 j + k of shape 2,2,3, first index fastest
  const auto stored =
      packed(false, 0.f, 100.f, 10.f, 110.f, 1.f, 101.f, 11.f, 111.f, 2.f, 102.f, 12.f, 112.f);
  const npy::Array array = parse(npy_file(dictionary("<f4", "(2, 2, 3)", true), stored));
  CHECK(array.shape == Shape{2, 2, 3});
  CHECK(array.values == Values{0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112});
}

TEST_CASE("versions 1 to 3 and other spellings of the dictionary are read", "[base]") {
  const std::string one = packed(false, 1.0f);
  for (const int version : {1, 2, 3})
    CHECK(parse(npy_file(dictionary("<f4", "(1,)"), one, version)).values == Values{1});
  CHECK(parse(npy_file("{\"shape\":(1,1),\"fortran_order\":False,\"descr\":\"<f4\"}   \n", one)).shape ==
        Shape{1, 1});
  CHECK(parse(npy_file(dictionary("<f4", "()"), one)).shape.empty());
}

TEST_CASE("malformed files are refused with a reason", "[base]") {
  const std::string one = packed(false, 1.0f);
  const std::string good = npy_file(dictionary("<f4", "(1,)"), one);
  REQUIRE(parse(good).values == Values{1});
  const std::string huge = "18446744073709551615";
  struct Case {
    std::string what, file, reason;
  };
  const std::vector<Case> cases = {
      {"empty", "", "not a NumPy"},
      {"wrong magic", "\x93NUMPX" + good.substr(6), "not a NumPy"},
      {"only the magic", good.substr(0, 6), "truncated"},
      {"no length", good.substr(0, 9), "truncated"},
      {"half a header", good.substr(0, 30), "truncated"},
      {"half a value", good.substr(0, good.size() - 1), "truncated"},
      {"version 9", npy_file(dictionary("<f4", "(1,)"), one, 9), "version 9"},
      {"trailing bytes", good + "x", "longer"},
      {"values of no element", npy_file(dictionary("<f4", "(0,)"), one), "longer"},
      {"no new line", npy_file("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", one), "new line"},
      {"negative dimension", npy_file(dictionary("<f4", "(-1,)"), one), "whole number"},
      {"fractional dimension", npy_file(dictionary("<f4", "(1.0,)"), one), "missing"},
      {"dimension that overflows", npy_file(dictionary("<f4", "(" + huge + "0,)"), one), "too large"},
      {"product that overflows", npy_file(dictionary("<f4", "(" + huge + ", " + huge + ")"), one),
       "more than"},
      {"product that wraps to one", npy_file(dictionary("<f4", "(" + huge + ", " + huge + ",)"), one),
       "more than"},
      {"many values in a tiny file", npy_file(dictionary("<f4", "(999,)"), one), "truncated"},
      {"more values than allowed", npy_file(dictionary("<f4", "(1001,)"), one), "more than 1000"},
      {"33 dimensions",
       npy_file(dictionary("<f4", "(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)"),
                one),
       "32 dimensions"},
      {"shape is a number", npy_file(dictionary("<f4", "1"), one), "not a tuple"},
      {"shape is a number in brackets", npy_file(dictionary("<f4", "(1)"), one), "not a tuple"},
      {"shape is a list", npy_file(dictionary("<f4", "[1]"), one), "not a tuple"},
      {"shape without comma", npy_file(dictionary("<f4", "(1 1)"), one), "','"},
      {"shape of a comma", npy_file(dictionary("<f4", "(,)"), one), "whole number"},
      {"objects", npy_file(dictionary("|O", "(1,)"), one), "Python objects"},
      {"named fields", npy_file("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }\n", one),
       "named fields"},
      {"complex values", npy_file(dictionary("<c8", "(1,)"), one + one), "c8"},
      {"text", npy_file(dictionary("<U1", "(1,)"), one), "U1"},
      {"no byte order", npy_file(dictionary("f4", "(1,)"), one), "unknown"},
      {"byte order not applicable", npy_file(dictionary("|f4", "(1,)"), one), "byte order"},
      {"size zero", npy_file(dictionary("<f0", "(1,)"), one), "unknown"},
      {"key twice",
       npy_file("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n", one), "twice"},
      {"key missing", npy_file("{'descr': '<f4', 'shape': (1,), }\n", one), "key is missing"},
      {"key unknown", npy_file("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': 1}\n", one),
       "unknown"},
      {"order is a number", npy_file("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }\n", one),
       "neither"},
      {"no dictionary", npy_file("[]\n", one), "at the start"},
      {"dictionary without end", npy_file("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)\n", one),
       "at the end"},
      {"something after the dictionary",
       npy_file("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x\n", one), "follows"},
      {"text without end", npy_file("{'descr\n", one), "no end"},
      {"unquoted key", npy_file("{descr: '<f4'}\n", one), "quoted"},
  };
  for (const Case& malformed : cases) {
    INFO(malformed.what);
    const std::string told = refusal([&] { parse(malformed.file); });
    INFO(told);
    CHECK(told.find(malformed.reason) != std::string::npos);
    CHECK(told.find("test.npy") != std::string::npos);
  }
}

TEST_CASE("a file cut anywhere is refused", "[base]") {
  const std::string good = npy_file(dictionary("<f4", "(3, 2)"), packed(false, 1.f, 2.f, 3.f, 4.f, 5.f, 6.f));
  for (std::size_t length = 0; length < good.size(); ++length) {
    INFO(length);
    CHECK_FALSE(refusal([&] { parse(good.substr(0, length)); }).empty());
  }
}

TEST_CASE("what is no file is refused", "[base]") {
  const test::TemporaryFolder folder;
  CHECK(refusal([&] { npy::load(folder.path() / "missing.npy"); }).find("no such file") != std::string::npos);
  CHECK(refusal([&] { npy::load(folder.path()); }).find("not a file") != std::string::npos);
}

TEST_CASE("a file larger than the allowed number of values could fill is refused unread", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "large.npy";
  std::ofstream(file).put('x');
  std::filesystem::resize_file(file, std::uintmax_t(1) << 33);  // a hole: takes no space
  CHECK(refusal([&] { npy::load(file, 1000); }).find("too large") != std::string::npos);
}

}  // namespace tessera::test::npy_test
