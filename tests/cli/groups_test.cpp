// `tessera groups --cube` breaks up what came from elsewhere.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/tessera.h"
#include "support/catch.h"
#include "support/npz.h"
#include "support/temporary_folder.h"
#include "tessera/base/npy.h"

namespace tessera::test::groups_test {
namespace {

// Two groups that share no channel: the left half of the picture, and the right one with twice the strength.
npy::Array two_groups(std::vector<std::size_t> shape) {
  npy::Array array;
  array.shape = std::move(shape);
  const std::size_t width = array.shape[array.shape.size() - 2], channels = array.shape.back();
  std::size_t count = 1;
  for (const std::size_t size : array.shape) count *= size;
  for (std::size_t i = 0; i < count; ++i) {
    const bool right = i / channels % width >= width / 2, late = i % channels >= channels / 2;
    array.values.push_back(right == late ? (right ? 2.0f : 1.0f) : 0.0f);
  }
  return array;
}

}  // namespace

TEST_CASE("groups of a cube are told, and written for NumPy", "[cli]") {
  const TemporaryFolder folder;
  const std::string cube = folder.path() / "cube.npy", out = folder.path() / "out.npz";
  const npy::Array array = two_groups({3, 4, 6});
  npy::save(cube, array.shape, array.values);
  const Finished run = tessera({"groups", "--cube", cube, "-k", "2", "--json", "-o", out});
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.err.empty());
  const auto report = nlohmann::json::parse(run.out);
  CHECK(report["height"] == 3);
  CHECK(report["width"] == 4);
  CHECK(report["channels"] == 6);
  CHECK(report["residual"] < 1e-3);
  REQUIRE(report["groups"].size() == 2);
  CHECK(report["groups"][0]["explained"].get<double>() == Approx(0.8).epsilon(1e-3));

  const auto written = load_npz(out);
  CHECK(written.size() == 3);
  CHECK(written.at("maps").shape == std::vector<std::size_t>{3, 4, 2});
  CHECK(written.at("directions").shape == std::vector<std::size_t>{2, 6});
  CHECK(written.at("residual").shape.empty());
  CHECK(written.at("residual").values[0] < 1e-3f);
  double worst = 0;
  const auto &maps = written.at("maps").values, &directions = written.at("directions").values;
  for (std::size_t p = 0; p < 12; ++p)
    for (std::size_t c = 0; c < 6; ++c)
      worst = std::max(worst, std::abs(double(maps[2 * p]) * directions[c] +
                                       maps[2 * p + 1] * directions[6 + c] - array.values[6 * p + c]));
  CHECK(worst < 1e-2);
}

TEST_CASE("groups of several cubes are common to them", "[cli]") {
  const TemporaryFolder folder;
  const std::string cube = folder.path() / "cube.npy", out = folder.path() / "out.npz";
  const npy::Array array = two_groups({2, 3, 4, 6});
  npy::save(cube, array.shape, array.values);
  const Finished run = tessera({"groups", "--cube", cube, "-k", "2", "-o", out});
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("2 × 3 × 4 × 6, 2 groups") != std::string::npos);
  CHECK(load_npz(out).at("maps").shape == std::vector<std::size_t>{2, 3, 4, 2});
}

TEST_CASE("a float64 cube out of float32's range is refused by its range", "[cli]") {
  const TemporaryFolder folder;
  const std::filesystem::path cube = folder.path() / "cube.npy";
  const auto groups_of = [&](double value) {
    // Of one channel, as numpy.save writes it.
    std::string header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2, 1), }";
    header.append(63 - (10 + header.size()) % 64, ' ');
    header += '\n';
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes += char(header.size());
    bytes += '\0';
    bytes += header;
    for (const double each : {value, 5.0}) bytes.append(reinterpret_cast<const char*>(&each), sizeof each);
    std::ofstream(cube, std::ios::binary) << bytes;
    return tessera({"groups", "--cube", cube, "-k", "1"});
  };
  CHECK(failed_with(groups_of(1e60), 1, "does not fit float32"));
  CHECK(failed_with(groups_of(1e60), 1, "Divide the array by 1e60"));
  const Finished run = groups_of(1e-60);
  CHECK(run.exit_code == 0);
  CHECK(run.err.find("1 of 2 values are too small for float32") != std::string::npos);
}

TEST_CASE("cubes that cannot be broken up are refused, and nothing is written", "[cli]") {
  const TemporaryFolder folder;
  const std::string cube = folder.path() / "cube.npy", out = folder.path() / "out.npz";
  npy::Array array = two_groups({3, 4, 6});
  array.values[5] = -1;
  npy::save(cube, array.shape, array.values);
  CHECK(failed_with(tessera({"groups", "--cube", cube, "-o", out}), 1, "partly negative"));
  CHECK(failed_with(tessera({"groups", "--cube", cube}), 1, "--clip"));
  CHECK_FALSE(std::filesystem::exists(out));
  CHECK(tessera({"groups", "--cube", cube, "--clip"}).exit_code == 0);
  array.values[5] = std::nanf("");
  npy::save(cube, array.shape, array.values);
  CHECK(failed_with(tessera({"groups", "--cube", cube}), 1, "NaN or infinity"));
  CHECK(failed_with(tessera({"groups", "--cube", cube, "--objective", "gradients"}), 1, "neither gradients"));
  CHECK(failed_with(tessera({"groups", "--cube", cube, "-o", folder.path() / "out.csv"}), 1, ".npz"));
  CHECK(failed_with(tessera({"groups", "--cube", folder.path() / "absent.npy"}), 1, "absent.npy"));
  array.values[5] = 0;
  array.shape = {12, 6};
  npy::save(cube, array.shape, array.values);
  CHECK(failed_with(tessera({"groups", "--cube", cube}), 1, "3 dimensions"));
  CHECK(tessera({"groups", "--cube", cube, "-k", "33"}).exit_code == 2);
  CHECK(tessera({"groups"}).exit_code == 2);
}

}  // namespace tessera::test::groups_test
