#include "tessera/base/load_cube.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <limits>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "tessera/base/atomic_file.h"
#include "tessera/base/error.h"
#include "tessera/base/npy.h"
#include "tessera/base/npz.h"

namespace tessera::test::load_cube_test {

using namespace tessera;

namespace {

npy::Array counted(std::vector<std::size_t> shape) {
  npy::Array array;
  array.shape = std::move(shape);
  array.values.resize(
      std::accumulate(array.shape.begin(), array.shape.end(), std::size_t(1), std::multiplies<>()));
  std::iota(array.values.begin(), array.values.end(), 0.0f);
  return array;
}

// A .npy file of any type.
std::string file_of(const std::string& type, const std::string& shape, const std::string& values,
                    bool fortran_order = false) {
  std::string header = "{'descr': '" + type + "', 'fortran_order': " + (fortran_order ? "True" : "False") +
                       ", 'shape': " + shape + ", }";
  header.append(63 - (10 + header.size()) % 64, ' ');
  header += '\n';
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += char(header.size());
  bytes += '\0';
  return bytes + header + values;
}

// Of one zero value.
std::string file_of_type(const std::string& type, std::size_t size) {
  return file_of(type, "(1, 1, 1)", std::string(size, '\0'));
}

std::string bytes_of(std::vector<double> values, bool big_endian = false) {
  std::string bytes(values.size() * sizeof(double), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  if (big_endian != (std::endian::native == std::endian::big))
    for (std::size_t i = 0; i < bytes.size(); i += sizeof(double))
      std::reverse(&bytes[i], &bytes[i] + sizeof(double));
  return bytes;
}

std::string refusal_of(const std::filesystem::path& file) {
  try {
    load_cubes(file);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("a cube is read from three dimensions, several from four", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "cube.npy";
  npy::Array array = counted({2, 3, 4});
  npy::save(file, array.shape, array.values);
  const Cube cube = load_cube(file);
  CHECK(cube.height == 2);
  CHECK(cube.width == 3);
  CHECK(cube.channels == 4);
  CHECK(cube.at(1, 2, 3) == 23);

  array = counted({2, 1, 3, 4});
  npy::save(file, array.shape, array.values);
  const std::vector<Cube> cubes = load_cubes(file);
  REQUIRE(cubes.size() == 2);
  CHECK(cubes[1].at(0, 2, 3) == 23);
  CHECK(cubes[1].at(0, 0, 0) == 12);
  CHECK_THROWS_AS(load_cube(file), Error);
}

TEST_CASE("an archive gives its only array, or the one that is named", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "cube.npz";
  npz::save(file, {{"acts", counted({1, 2, 3})}});
  CHECK(load_cube(file).channels == 3);
  npz::save(file, {{"acts", counted({1, 2, 3})}, {"other", counted({1, 2, 5})}});
  CHECK(load_cube(file, "other").channels == 5);
  CHECK_THROWS_WITH(load_cube(file), Catch::Contains("acts, other"));
  CHECK_THROWS_WITH(load_cube(file, "third"), Catch::Contains("acts, other"));
}

TEST_CASE("what is no cube is refused", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "cube.npy";
  for (const auto& shape :
       {std::vector<std::size_t>{}, {6}, {2, 3}, {1, 1, 1, 2, 3}, {2, 0, 3}, {0, 1, 2, 3}}) {
    const npy::Array array = counted(shape);
    npy::save(file, array.shape, array.values);
    CHECK_THROWS_AS(load_cubes(file), Error);
  }
  CHECK_THROWS_AS(load_cubes(folder.path() / "absent.npy"), Error);
  CHECK_THROWS_AS(load_cubes(file, "name"), Error);
}

TEST_CASE("cubes are of float32 or float64 and nothing else", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "cube.npy";
  for (const auto& [type, size] : {std::pair{"<f4", 4}, {">f4", 4}, {"<f8", 8}}) {
    write_file_atomically(file, file_of_type(type, std::size_t(size)));
    CHECK(load_cube(file).values == std::vector<float>{0});
  }
  for (const auto& [type, size] :
       {std::pair{"<i4", 4}, {"<i8", 8}, {"|u1", 1}, {"|b1", 1}, {"<f2", 2}, {"<c8", 8}}) {
    write_file_atomically(file, file_of_type(type, std::size_t(size)));
    CHECK_THROWS_AS(load_cube(file), Error);
  }
  write_file_atomically(file, file_of_type("<f4", 3));  // truncated
  CHECK_THROWS_AS(load_cube(file), Error);
}

TEST_CASE("a float64 whose range float32 does not hold is refused, with the factor that brings it there",
          "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "cube.npy";
  const auto written = [&](std::vector<double> values, bool big_endian = false, bool fortran_order = false) {
    const std::string shape = "(1, 1, " + std::to_string(values.size()) + ")";
    write_file_atomically(
        file, file_of(big_endian ? ">f8" : "<f8", shape, bytes_of(values, big_endian), fortran_order));
    return refusal_of(file);
  };
  for (const bool big_endian : {false, true})
    for (const bool fortran_order : {false, true}) {
      CHECK(written({2e60, 1, 0}, big_endian, fortran_order).find("largest is 2e+60") != std::string::npos);
      CHECK(written({2e60, 1, 0}, big_endian, fortran_order).find("Divide the array by 1e60") !=
            std::string::npos);
      CHECK(written({-3e-60, 0}, big_endian, fortran_order).find("Divide the array by 1e-60") !=
            std::string::npos);
    }
  CHECK(written({1e-40}).find("with all its digits") != std::string::npos);
  CHECK(written({3.3e38, 1.2e-38, 0}).empty());
  CHECK(written({0, 0}).empty());
  // What is no number at all is for whoever uses the cube to refuse.
  CHECK(written({std::numeric_limits<double>::infinity(), 1}).empty());
  CHECK(written({std::numeric_limits<double>::infinity(), 1e60}).find("1e+60") != std::string::npos);
}

TEST_CASE("single values that vanish in float32 are told", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "cube.npy";
  write_file_atomically(file, file_of("<f8", "(1, 1, 4)", bytes_of({5, 1e-60, 0, -1e-50})));
  std::vector<std::string> remarks;
  CHECK(load_cubes(file, "", &remarks)[0].values == std::vector<float>{5, 0, 0, 0});
  REQUIRE(remarks.size() == 1);
  CHECK(remarks[0] == "2 of 4 values are too small for float32 beside the largest of 5, and count as zero");
}

TEST_CASE("the order of values in a file makes no difference", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "cube.npy";
  write_file_atomically(file, file_of(">f8", "(2, 1, 3)", bytes_of({0, 3, 1, 4, 2, 5}, true), true));
  CHECK(load_cube(file).values == std::vector<float>{0, 1, 2, 3, 4, 5});
}

TEST_CASE("a type that is refused comes with how to save the array instead", "[base]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "cube.npy";
  write_file_atomically(file, file_of_type("<i8", 8));
  CHECK(refusal_of(file).find("astype('float32')), which keeps whole numbers up to 16777216") !=
        std::string::npos);
  write_file_atomically(file, file_of_type("<f2", 2));
  CHECK(refusal_of(file).ends_with("astype('float32'))"));
}

}  // namespace tessera::test::load_cube_test
