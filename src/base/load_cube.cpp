#include "tessera/base/load_cube.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
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

std::string short_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

void check_type(const npy::Array& array, const std::string& where) {
  if (array.stored == "f4" || array.stored == "f8") return;
  const bool whole_numbers = array.stored.starts_with('i') || array.stored.starts_with('u');
  throw Error("a cube's values are float32 or float64, not of the type " + array.stored, where,
              std::string("Save it with numpy.save(file, array.astype('float32'))") +
                  (whole_numbers ? ", which keeps whole numbers up to 16777216 as they are" : ""));
}

// Beside a largest value of float32's full precision, what is too small for float32 is nothing; below that,
// what is lost would be a part of the answer.
void check_range(const npy::Array& array, const std::string& where) {
  using Limits = std::numeric_limits<float>;
  if (array.largest == 0 ||
      (array.largest >= double(Limits::min()) && array.largest <= double(Limits::max())))
    return;
  const bool is_large = array.largest > 1;
  const std::string factor = "1e" + std::to_string(int(std::floor(std::log10(array.largest))));
  throw Error(
      "the range of these float64 values does not fit float32, in which Tessera computes: the largest is " +
          short_number(array.largest) + ", and float32 holds " +
          short_number(is_large ? double(Limits::max()) : double(Limits::min())) +
          (is_large ? " at most" : " at least with all its digits"),
      where,
      "Divide the array by " + factor + " before saving it, which changes no group but the unit of its map");
}

}  // namespace

std::vector<Cube> load_cubes(const std::filesystem::path& file, const std::string& name,
                             std::vector<std::string>* remarks) {
  npy::Array array = load_array(file, name);
  const std::string where = file.string();
  check_type(array, where);
  check_range(array, where);
  if (remarks && array.vanished > 0)
    remarks->push_back(std::to_string(array.vanished) + " of " + std::to_string(array.values.size()) +
                       " values are too small for float32 beside the largest of " +
                       short_number(array.largest) + ", and count as zero");
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
