// `tessera attribute` on the small networks that come with the tests, and on the bundled one.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>

#include "cli/tessera.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/base/npy.h"
#include "tessera/image/load.h"

namespace tessera::test::attribute_test {
namespace {

using Json = nlohmann::json;
using Shape = std::vector<std::size_t>;

Finished attribute(std::vector<std::string> arguments, const std::string& network = "tiny_resnet.pt") {
  std::vector<std::string> line{"attribute",    data("tiny/chelsea_64.png"),
                                "--model",      data("tiny/" + network),
                                "--preprocess", "unit,64x64",
                                "--device",     "cpu"};
  line.insert(line.end(), arguments.begin(), arguments.end());
  return tessera(line);
}

npy::Array written(const std::vector<std::string>& arguments, const std::string& network = "tiny_resnet.pt") {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "out.npy";
  std::vector<std::string> line = arguments;
  line.insert(line.end(), {"-o", file});
  const Finished run = attribute(line, network);
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  return npy::load(file);
}

double sum(const std::vector<float>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

TEST_CASE("attribute writes what was asked for in the promised shapes, and nothing is lost", "[cli]") {
  const npy::Array neurons = written({"--layer", "layer1", "--to", "3", "--by", "neuron"});
  const npy::Array positions = written({"--layer", "layer1", "--to", "3", "--by", "position"});
  const npy::Array channels = written({"--layer", "layer1", "--to", "3", "--by", "channel"});
  CHECK(neurons.shape == Shape{16, 16, 24});
  CHECK(positions.shape == Shape{16, 16});
  CHECK(channels.shape == Shape{24});
  CHECK(sum(positions.values) == Approx(sum(neurons.values)).margin(1e-4));
  CHECK(sum(channels.values) == Approx(sum(neurons.values)).margin(1e-4));

  const npy::Array all = written({"--layer", "layer1", "--to", "all", "--by", "channel"});
  REQUIRE(all.shape == Shape{8, 24});
  for (std::size_t i = 0; i < 24; ++i)
    CHECK(all.values[3 * 24 + i] == Approx(channels.values[i]).margin(1e-3));
  CHECK(written({"--layer", "layer1", "--to", "all"}).shape == Shape{8, 16, 16});
  CHECK(written({"--layer", "layer1", "--to-layer", "layer3"}).shape == Shape{8, 8, 16, 16});
  CHECK(written({"--layer", "layer1", "--to-layer", "layer3", "--by", "channel"}).shape == Shape{48, 24});
}

TEST_CASE("attribute compares two classes, and every method and rule has a say", "[cli]") {
  const std::vector<std::string> base{"--layer", "mixed3b", "--method", "linear", "--by", "channel"};
  const auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> line = base;
    line.insert(line.end(), more.begin(), more.end());
    return written(line, "tiny_inception.pt").values;
  };
  const std::vector<float> plus = with({"--to", "7"}), minus = with({"--to", "8"});
  const std::vector<float> difference = with({"--to", "7", "--minus", "8"});
  for (std::size_t i = 0; i < plus.size(); ++i)
    CHECK(difference[i] == Approx(plus[i] - minus[i]).margin(1e-4));
  CHECK(with({"--to", "7", "--pooling", "proportional"}) != plus);
  CHECK(with({"--to", "7", "--pooling", "lucid"}) != plus);
  CHECK(with({"--to", "7", "--cancel-checkerboard"}) != plus);
  CHECK(with({"--to", "7", "--baseline", "mean"}) != plus);
  const npy::Array ablated = written(
      {"--layer", "mixed3b", "--to", "7", "--method", "ablation", "--by", "neuron"}, "tiny_inception.pt");
  CHECK(ablated.shape == Shape{8, 8, 60});
  std::size_t known = 0;
  for (const float value : ablated.values) known += std::isfinite(value);
  CHECK(known == 100);
}

TEST_CASE("attribute --json says how it came about", "[cli]") {
  const Finished run = attribute({"--layer", "layer2", "--to", "3", "--json"});
  REQUIRE(run.exit_code == 0);
  const Json report = Json::parse(run.out);
  CHECK(report["method"] == "path");
  CHECK(report["steps"] == 20);
  CHECK(report["by"] == "position");
  CHECK(report["shape"] == Json({8, 8}));
  REQUIRE(report["values"].size() == 64);
  double total = 0;
  for (const Json& value : report["values"]) total += value.get<double>();
  CHECK(total == Approx(report["total"].get<double>()).margin(1e-4));
  CHECK(report["gap"].get<double>() ==
        Approx(report["value"].get<double>() - report["baseline_value"].get<double>() - total).margin(1e-3));
  CHECK(report["note"].get<std::string>().find("20 points") != std::string::npos);
}

TEST_CASE("attribute knows classes by name, and tells what it found", "[cli]") {
  const std::vector<std::string> line{
      "attribute", bundled_image("chelsea.png"), "--layer", "blocks.15.expand", "--method", "linear", "--by",
      "channel"};
  const auto to = [&](const std::string& name) {
    std::vector<std::string> whole = line;
    whole.insert(whole.end(), {"--to", name});
    return tessera(whole);
  };
  const Finished run = to("egyptian CAT");
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("Egyptian cat (285)") != std::string::npos);
  CHECK(run.out.find("bias") != std::string::npos);
  CHECK(run.out.find("exact pooling") != std::string::npos);
  CHECK(failed_with(to("cat"), 1, "Did you mean"));
  CHECK(failed_with(to("Egyptain cat"), 1, "Did you mean Egyptian cat"));
  CHECK(failed_with(to("1000"), 1, "0 to 999"));
}

TEST_CASE("a number that is a label is that class, and the answer says so", "[cli]") {
  const TemporaryFolder folder;
  const std::filesystem::path model = folder.path() / "net.pt";
  std::filesystem::copy_file(data("tiny/tiny_resnet.pt"), model);
  std::ofstream(folder.path() / "net.json")
      << R"({"tessera": 1, "preprocessing": {"width": 64, "height": 64, "mean": [0, 0, 0], "std": [1, 1, 1]},)"
      << R"("labels": ["0", "1", "10", "2", "3", "4", "all", "Öl"]})";
  const auto to = [&](const std::string& name) {
    const Finished run = tessera({"attribute", data("tiny/chelsea_64.png"), "--model", model, "--layer",
                                  "layer2", "--to", name, "--method", "linear", "--json", "--device", "cpu"});
    CAPTURE(run.err);
    REQUIRE(run.exit_code == 0);
    return Json::parse(run.out);
  };
  const Json by_label = to("2"), by_index = to("#2");
  CHECK(by_label["to"] == "2 (index 3)");
  CHECK(by_label["values"] == to("#3")["values"]);
  CHECK(by_index["to"] == "10 (index 2)");
  CHECK(by_index["values"] != by_label["values"]);
  CHECK(by_label["remarks"].dump().find("'#2' is the class with index 2, labelled 10") != std::string::npos);
  CHECK(to("all")["remarks"].dump().find("'#6' is the class that is labelled all") != std::string::npos);
  CHECK(to("ÖL")["to"] == "Öl (7)");
}

TEST_CASE("attribute draws a map with a colour bar", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "map.png";
  const Finished run = attribute({"--layer", "layer2", "--to", "3", "-o", file});
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  const Image picture = image::load(file);
  CHECK(picture.width == 1040);
  CHECK(picture.height == 1280);
}

TEST_CASE("attribute refuses what makes no sense", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "out.npy";
  CHECK(failed_with(attribute({"--layer", "layer2"}), 2, "--to"));
  CHECK(failed_with(attribute({"--layer", "layer2", "--to", "3", "--to-layer", "layer3"}), 2, "--to"));
  CHECK(failed_with(attribute({"--layer", "layer2", "--to", "all", "--minus", "3"}), 2, "--minus"));
  CHECK(failed_with(attribute({"--layer", "layer2", "--to", "all", "--by", "neuron"}), 2, "--by"));
  CHECK(failed_with(attribute({"--layer", "layer2", "--to", "all", "--method", "ablation"}), 2, "--method"));
  CHECK(failed_with(attribute({"--layer", "layer2", "--to", "3", "--method", "magic"}), 2, "magic"));
  CHECK(failed_with(attribute({"--layer", "layer2", "--to", "3", "--steps", "0"}), 2, "--steps"));
  CHECK(failed_with(attribute({"--layer", "layer2", "--to", "3", "-o", "out.txt"}), 2, ".npy"));
  CHECK(
      failed_with(attribute({"--layer", "layer2", "--to", "3", "--by", "channel", "-o", "a.png"}), 2, "PNG"));
  CHECK(failed_with(attribute({"--layer", "layer4", "--to", "3", "-o", file}), 1, "Did you mean layer"));
  CHECK(failed_with(attribute({"--layer", "layer2", "--to", "8", "-o", file}), 1, "0 to 7"));
  CHECK(failed_with(attribute({"--layer", "layer2", "--to", "cat", "-o", file}), 1, "have no names"));
  CHECK(failed_with(attribute({"--layer", "layer3", "--to-layer", "layer1", "-o", file}), 1,
                    "Turn them round"));
  CHECK_FALSE(std::filesystem::exists(file));
}

}  // namespace tessera::test::attribute_test
