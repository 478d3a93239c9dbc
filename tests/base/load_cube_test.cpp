#include "tessera/base/load_cube.h"

#include <functional>
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

// A .npy file of one zero value and any type.
std::string file_of_type(const std::string& type, std::size_t size) {
  std::string header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (1, 1, 1), }";
  header.append(63 - (10 + header.size()) % 64, ' ');
  header += '\n';
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += char(header.size());
  bytes += '\0';
  return bytes + header + std::string(size, '\0');
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

}  // namespace tessera::test::load_cube_test
