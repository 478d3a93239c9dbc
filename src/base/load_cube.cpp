#include "tessera/base/load_cube.h"

#include <algorithm>
#include <limits>

#include "tessera/base/error.h"
#include "tessera/base/npy.h"
#include "tessera/base/npz.h"

namespace tessera {
namespace {

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) text += (i ? ", " : "") + names[i];
  return names.size() > most ? text + ", …" : text;
}

npy::Array load_array(const std::filesystem::path& file, const std::string& name) {
  if (file.extension() != ".npz") {
    if (!name.empty()) throw Error("a .npy file has one array without a name", file.string());
    return npy::load(file);
  }
  const std::vector<std::string> names = npz::names(file);
  if (!name.empty()) {
    if (std::ranges::find(names, name) == names.end())
      throw Error("there is no array '" + name + "'", file.string(), "It holds " + listed(names));
    return npz::load(file, name);
  }
  if (names.size() != 1)
    throw Error("the archive holds " + std::to_string(names.size()) + " arrays", file.string(),
                names.empty() ? "" : "Name one of them: " + listed(names));
  return npz::load(file, names.front());
}

}  // namespace

std::vector<Cube> load_cubes(const std::filesystem::path& file, const std::string& name) {
  npy::Array array = load_array(file, name);
  const std::string where = file.string();
  if (array.stored != "f4" && array.stored != "f8")
    throw Error("a cube's values are float32 or float64, not of the type " + array.stored, where);
  if (array.shape.size() != 3 && array.shape.size() != 4)
    throw Error("a cube has 3 dimensions, or 4 with several cubes, not " + std::to_string(array.shape.size()),
                where, "Save it as (height, width, channels)");
  for (const std::size_t size : array.shape)
    if (size == 0 || size > std::size_t(std::numeric_limits<int>::max()))
      throw Error("a dimension of the cube is " + std::to_string(size), where);

  if (array.shape.size() == 3) array.shape.insert(array.shape.begin(), 1);
  const std::size_t positions = array.shape[1] * array.shape[2];
  if (positions > std::size_t(std::numeric_limits<int>::max()))
    throw Error("the cube has too many positions", where);
  std::vector<Cube> cubes;
  auto from = array.values.begin();
  for (std::size_t n = 0; n < array.shape[0]; ++n) {
    Cube cube(int(array.shape[1]), int(array.shape[2]), int(array.shape[3]));
    const auto until = from + std::ptrdiff_t(cube.values.size());
    std::copy(from, until, cube.values.begin());
    from = until;
    cubes.push_back(std::move(cube));
  }
  return cubes;
}

Cube load_cube(const std::filesystem::path& file, const std::string& name) {
  std::vector<Cube> cubes = load_cubes(file, name);
  if (cubes.size() != 1)
    throw Error("the file holds " + std::to_string(cubes.size()) + " cubes where one is expected",
                file.string());
  return std::move(cubes.front());
}

}  // namespace tessera
