// `tessera groups IMAGE` on the small networks that come with the tests.
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <numeric>

#include "cli/tessera.h"
#include "support/catch.h"
#include "support/npz.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/image/load.h"

namespace tessera::test::layer_groups_test {
namespace {

using Json = nlohmann::json;
using Shape = std::vector<std::size_t>;

Finished groups(std::vector<std::string> arguments, const std::string& network = "tiny_resnet.pt") {
  std::vector<std::string> line{"groups",       data("tiny/chelsea_64.png"),
                                "--model",      data("tiny/" + network),
                                "--preprocess", "unit,64x64",
                                "--device",     "cpu"};
  line.insert(line.end(), arguments.begin(), arguments.end());
  return tessera(line);
}

Json told(std::vector<std::string> arguments) {
  arguments.push_back("--json");
  const Finished run = groups(arguments);
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  return Json::parse(run.out);
}

// Value less all that it is made of.
double left_over(const Json& of_class) {
  double sum = of_class["value"].get<double>();
  for (const char* part : {"residual", "bias", "gap"}) sum -= of_class[part].get<double>();
  for (const Json& group : of_class["groups"]) sum -= group.get<double>();
  return sum;
}

}  // namespace

TEST_CASE("groups of a picture's layer are told with what they contribute, and sums hold", "[cli]") {
  const Json report = told({"--layer", "layer2", "-k", "4"});
  CHECK(report["layer"] == "layer2");
  CHECK(report["objective"] == "activations");
  CHECK(report["height"] == 8);
  CHECK(report["channels"] == 48);
  CHECK(report["attribution_method"] == "path");
  REQUIRE(report["groups"].size() == 4);
  double explained = 0;
  for (const Json& group : report["groups"]) {
    explained += group["explained"].get<double>();
    CHECK(group["hue"].get<std::string>().size() == 7);
    CHECK(group["channels"].size() == 10);
  }
  const double residual = report["residual"];
  CHECK(explained == Approx(1 - residual * residual).margin(1e-3));
  REQUIRE(report["attribution"].size() == 4);
  for (const Json& of_class : report["attribution"]) {
    CHECK(of_class["groups"].size() == 4);
    CHECK(std::abs(left_over(of_class)) < 1e-3);
  }
  CHECK(report["attribution"][0]["value"] >= report["attribution"][1]["value"]);

  const Json chosen = told({"--layer", "layer2", "-k", "4", "--to", "3", "--steps", "0"});
  CHECK(chosen["attribution"][0]["class"] == 3);
  CHECK(chosen["attribution_method"] == "linear");
  CHECK(std::abs(left_over(chosen["attribution"][0])) < 1e-3);

  const Finished table = groups({"--layer", "layer2", "-k", "4"});
  REQUIRE(table.exit_code == 0);
  for (const char* word : {"layer2: 8 × 8 × 48, 4 groups of activations by nmf", "share", "rest", "bias",
                           "gap", "logit", "path, 20 steps"})
    CHECK(table.out.find(word) != std::string::npos);
}

TEST_CASE("groups of a picture are written for NumPy with what they contribute", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "out.npz";
  const Finished run = groups({"--layer", "layer2", "-k", "4", "--json", "-o", file});
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  const auto arrays = load_npz(file);
  CHECK(arrays.at("maps").shape == Shape{8, 8, 4});
  CHECK(arrays.at("directions").shape == Shape{4, 48});
  CHECK(arrays.at("residual").shape.empty());
  REQUIRE(arrays.at("attribution").shape == Shape{8, 5});  // classes, groups and the residual
  CHECK(arrays.at("bias").shape == Shape{8});
  CHECK(arrays.at("logits").shape == Shape{8});
  const Json report = Json::parse(run.out);
  const std::size_t top = report["attribution"][0]["class"];
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(arrays.at("attribution").values[top * 5 + i] ==
          Approx(report["attribution"][0]["groups"][i].get<float>()).margin(1e-5));
}

TEST_CASE("groups can be about gradients, attributions and blends, by any method", "[cli]") {
  const Json plain = told({"--layer", "layer2", "-k", "3"});
  for (const char* objective : {"gradients", "attributions", "blend:1,0.5,2"}) {
    const Json report = told({"--layer", "layer2", "-k", "3", "--objective", objective, "--to", "3"});
    CHECK(report["objective"].get<std::string>() == std::string(objective) + " of class 3");
    // The maps are found elsewhere, so they fit the activations no better.
    CHECK(report["residual"] > plain["residual"]);
  }
  const Json components = told({"--layer", "layer2", "-k", "3", "--method", "pca"});
  CHECK(components["method"] == "pca");
  CHECK(components["groups"].size() == 4);  // and the mean
  CHECK(std::abs(left_over(components["attribution"][0])) < 1e-3);
}

TEST_CASE("the curve over k is printed with its knee", "[cli]") {
  const Json curve = told({"--layer", "layer2", "--curve"});
  REQUIRE(curve["trials"].size() == 16);
  CHECK(curve["trials"][0]["k"] == 1);
  CHECK(curve["trials"][15]["residual"] < curve["trials"][0]["residual"]);
  CHECK(curve["trials"][3]["stability"] > 0);
  CHECK(curve["knee"] > 1);
  const Finished table = groups({"--layer", "layer2", "--curve"});
  CHECK(table.out.find("stability") != std::string::npos);
  CHECK(table.out.find("knee") != std::string::npos);
}

TEST_CASE("groups are drawn", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "groups.png";
  const Finished run = groups({"--layer", "layer2", "-k", "4", "-o", file});
  skip_without_drawing(run);
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("4 groups of layer2") != std::string::npos);
  const Image picture = image::load(file);
  CHECK(picture.width == 2160);
  // Each group's hue is on the page, as its swatch at the left.
  for (const std::size_t group : {0, 1, 2, 3}) {
    const Json report = told({"--layer", "layer2", "-k", "4"});
    const std::string hue = report["groups"][group]["hue"];
    const int wanted = std::stoi(hue.substr(1), nullptr, 16);
    bool found = false;
    for (int y = 0; y < picture.height && !found; ++y) {
      const std::uint8_t* at = picture.pixel(90, y);
      found = (at[0] << 16 | at[1] << 8 | at[2]) == wanted;
    }
    CHECK(found);
  }
}

TEST_CASE("groups refuse what makes no sense, and leave no file", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "out.npz";
  CHECK(failed_with(groups({}), 2, "--layer"));
  CHECK(failed_with(groups({"--layer", "layer2", "--cube", "cube.npy"}), 2, "IMAGE"));
  CHECK(failed_with(groups({"--layer", "layer2", "--array", "a"}), 2, "--array"));
  CHECK(failed_with(groups({"--layer", "layer2", "-o", "out.csv"}), 2, ".npz or .png"));
  CHECK(failed_with(groups({"--layer", "layer2", "-k", "0"}), 2, "-k"));
  CHECK(failed_with(groups({"--layer", "layer2", "--objective", "blend:1,2"}), 2, "three weights"));
  CHECK(failed_with(groups({"--layer", "layer2", "--objective", "magic"}), 2, "magic"));
  CHECK(failed_with(groups({"--layer", "layer2", "--curve", "-o", file}), 2, "--curve"));
  CHECK(failed_with(tessera({"groups", "--cube", "cube.npy", "--layer", "layer2"}), 2, "--layer"));
  CHECK(failed_with(groups({"--layer", "layer4", "-o", file}), 1, "Did you mean layer"));
  CHECK(failed_with(groups({"--layer", "layer2", "--to", "8", "-o", file}), 1, "0 to 7"));
  CHECK(failed_with(groups({"--layer", "bn1", "-o", file}), 1, "partly negative"));
  CHECK_FALSE(std::filesystem::exists(file));
  const Finished clipped = groups({"--layer", "bn1", "--clip", "-o", file});
  CHECK(clipped.exit_code == 0);
  CHECK(clipped.out.find("note: negative values") != std::string::npos);
  CHECK(groups({"--layer", "bn1", "--method", "semi-nmf"}).exit_code == 0);
}

}  // namespace tessera::test::layer_groups_test
