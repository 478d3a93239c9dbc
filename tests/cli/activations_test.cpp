// `tessera activations` writes what NumPy reads.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "cli/tessera.h"
#include "support/catch.h"
#include "support/npz.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/base/npy.h"

namespace tessera::test::activations_test {

TEST_CASE("activations are written as height, width, channels", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "out.npy";
  const Finished run =
      tessera({"activations", bundled_image("chelsea.png"), "--layer", "blocks.15.expand", "-o", file});
  REQUIRE(run.exit_code == 0);
  CHECK(run.err.empty());
  CHECK(run.out.find("7 × 7 × 1152") != std::string::npos);
  const npy::Array array = npy::load(file);
  CHECK(array.shape == std::vector<std::size_t>{7, 7, 1152});
  CHECK(*std::min_element(array.values.begin(), array.values.end()) == 0);
  CHECK(*std::max_element(array.values.begin(), array.values.end()) <= 6);
}

TEST_CASE("activations agree with the recorded ones", "[cli]") {
  const std::string network = GENERATE(std::string("tiny_inception"), std::string("tiny_resnet"));
  const std::string ending = GENERATE(std::string(".pt"), std::string("_trace.pt"));
  const std::string layer = network == "tiny_resnet" ? "bn1" : "mixed4a";
  CAPTURE(network, ending, layer);
  const TemporaryFolder folder;
  const std::string file = folder.path() / "out.npy";
  const Finished run =
      tessera({"activations", data("tiny/chelsea_64.png"), "--model", data("tiny/" + network + ending),
               "--preprocess", "unit,64x64", "--device", "cpu", "--layer", layer, "--output", file});
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  const npy::Array found = npy::load(file);
  const npy::Array expected = load_npz(data("tiny/" + network + ".npz")).at("act/" + layer);
  REQUIRE(found.values.size() == expected.values.size());
  float largest = 0;
  float worst = 0;
  for (std::size_t i = 0; i < found.values.size(); ++i) {
    largest = std::max(largest, std::abs(expected.values[i]));
    worst = std::max(worst, std::abs(found.values[i] - expected.values[i]));
  }
  CHECK(worst <= 1e-4f * largest);
}

TEST_CASE("an unknown layer is answered with the nearest names, and nothing is written", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "out.npy";
  const Finished run =
      tessera({"activations", bundled_image("chelsea.png"), "-l", "blocks.8.expnd", "-o", file});
  CHECK(failed_with(run, 1, "Did you mean blocks.8.expand"));
  CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("a place that cannot be written to is named", "[cli]") {
  const Finished run =
      tessera({"activations", bundled_image("chelsea.png"), "-l", "stem", "-o", "/nowhere/out.npy"});
  CHECK(failed_with(run, 1, "/nowhere/out.npy"));
}

}  // namespace tessera::test::activations_test
