// `tessera inspect` on the bundled model and on small ones.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/tessera.h"
#include "support/catch.h"
#include "support/npz.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/base/npz.h"

namespace tessera::test::inspect_test {
namespace {

using Json = nlohmann::json;

// In alphabetical order.
std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> result;
  for (const auto& [key, value] : object.items()) result.push_back(key);
  return result;
}

}  // namespace

TEST_CASE("inspect names the cat", "[cli]") {
  const Finished run = tessera({"inspect", bundled_image("chelsea.png")});
  REQUIRE(run.exit_code == 0);
  CHECK(run.err.empty());
  CHECK(run.out.find("451 × 300") != std::string::npos);
  CHECK(run.out.find("1000 classes") != std::string::npos);
  CHECK(run.out.find("\n*  blocks.15.expand ") != std::string::npos);
  const std::size_t first_class = run.out.find(" %");
  const std::string likeliest = run.out.substr(first_class, 200);
  CHECK(likeliest.find("Egyptian cat") != std::string::npos);
}

TEST_CASE("inspect --json is what the documentation promises", "[cli]") {
  const std::string image = bundled_image("chelsea.png");
  const Finished run = tessera({"inspect", image, "--json"});
  REQUIRE(run.exit_code == 0);
  CHECK(run.err.empty());
  const Json report = Json::parse(run.out);
  CHECK(keys(report) == std::vector<std::string>{"classes", "image", "layers", "model", "notes"});
  CHECK(report["image"] == image);
  CHECK(report["model"].get<std::string>().ends_with("efficientnet_lite0.pt"));

  REQUIRE(report["classes"].size() == 1000);
  double total = 0;
  double above = INFINITY;
  for (const Json& score : report["classes"]) {
    REQUIRE(keys(score) == std::vector<std::string>{"index", "label", "logit", "probability"});
    CHECK(score["logit"].get<double>() <= above);
    above = score["logit"];
    total += score["probability"].get<double>();
  }
  CHECK(total == Approx(1).margin(1e-4));
  const auto among_first_three = [&](const std::string& label) {
    return std::any_of(report["classes"].begin(), report["classes"].begin() + 3, [&](const Json& score) {
      return score["label"].get<std::string>().find(label) != std::string::npos;
    });
  };
  CHECK(among_first_three("Egyptian cat"));
  CHECK(among_first_three("tabby"));

  CHECK(report["layers"][0]["name"] == "input");
  std::vector<std::string> suggested;
  for (const Json& layer : report["layers"]) {
    REQUIRE(keys(layer) ==
            std::vector<std::string>{"channels", "height", "name", "suggested", "turned", "width"});
    CHECK(layer["channels"].get<int>() > 0);
    if (layer["suggested"].get<bool>()) suggested.push_back(layer["name"]);
    if (layer["name"] == "blocks.8.expand") {
      CHECK(layer["height"] == 14);
      CHECK(layer["width"] == 14);
      CHECK(layer["channels"] == 480);
    }
  }
  CHECK(suggested == std::vector<std::string>{"blocks.5.expand", "blocks.8.expand", "blocks.11.expand",
                                              "blocks.15.expand"});
}

TEST_CASE("a picture of the input's size gives the recorded logits", "[cli]") {
  const auto picture = reference("efficientnet_lite0/chelsea.png");
  const auto numbers = reference("efficientnet_lite0/chelsea.npz");
  const Finished run = tessera({"inspect", picture, "--json", "--device", "cpu"});
  REQUIRE(run.exit_code == 0);
  const std::vector<float> logits = load_npz(numbers).at("logits").values;
  for (const Json& score : Json::parse(run.out)["classes"])
    CHECK(std::abs(score["logit"].get<double>() - double(logits.at(score["index"].get<std::size_t>()))) <
          2e-3);
}

TEST_CASE("models without metadata take --preprocess", "[cli]") {
  const std::string model = data("tiny/tiny_resnet.pt");
  const Finished run = tessera({"inspect", data("tiny/chelsea_64.png"), "--json", "--model", model,
                                "--preprocess", "unit,64x64", "--device", "cpu"});
  REQUIRE(run.exit_code == 0);
  const Json report = Json::parse(run.out);
  CHECK(report["model"] == model);
  const std::vector<float> logits = load_npz(data("tiny/tiny_resnet.npz")).at("logits").values;
  REQUIRE(report["classes"].size() == logits.size());
  for (const Json& score : report["classes"])
    CHECK(std::abs(score["logit"].get<double>() - double(logits.at(score["index"].get<std::size_t>()))) <
          1e-3);
}

TEST_CASE("options may stand before the command", "[cli]") {
  const std::string model = data("models/in_place.pt");
  const Finished run = tessera({"--model", model, "inspect", bundled_image("coffee.png"), "--json"});
  REQUIRE(run.exit_code == 0);
  CHECK(Json::parse(run.out)["model"] == model);
}

TEST_CASE("as many threads compute as were asked for", "[cli]") {
  const auto report = [](const std::vector<std::string>& threads, const std::string& variable) {
    std::vector<std::string> arguments{
        "inspect", bundled_image("coffee.png"), "--model", data("models/in_place.pt"), "--device", "cpu"};
    arguments.insert(arguments.end(), threads.begin(), threads.end());
    return tessera(arguments, {{"OMP_NUM_THREADS", variable}}).out;
  };
  CHECK(report({"--threads", "1"}, "2").find("CPU (1 thread)") != std::string::npos);
  CHECK(report({"--threads", "3"}, "2").find("CPU (3 threads)") != std::string::npos);
  CHECK(report({}, "2").find("CPU (2 threads)") != std::string::npos);
  CHECK(tessera({"inspect", "--threads", "0"}).exit_code == 2);
}

TEST_CASE("numbers that are not finite leave the JSON valid, and stderr warns", "[cli]") {
  const Finished run =
      tessera({"inspect", bundled_image("coffee.png"), "--json", "--model", data("models/non_finite.pt")});
  REQUIRE(run.exit_code == 0);
  const Json report = Json::parse(run.out);
  CHECK(report["classes"][0]["logit"].is_null());
  CHECK(run.err.starts_with("Warning: "));
}

TEST_CASE("warnings are part of what people read", "[cli]") {
  const Finished run = tessera({"inspect", bundled_image("coffee.png"), "--model", data("models/dead.pt")});
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("\nWarning: ") != std::string::npos);
}

TEST_CASE("what is done is told on stderr only when asked for", "[cli]") {
  const Finished run = tessera(
      {"inspect", bundled_image("coffee.png"), "--verbose", "--json", "--model", data("models/in_place.pt")});
  REQUIRE(run.exit_code == 0);
  CHECK(Json::accept(run.out));
  CHECK(run.err.find("opening the model") != std::string::npos);
}

TEST_CASE("what LibTorch warns of is told only when asked for, and once", "[cli]") {
  std::vector<std::string> line{
      "inspect", data("tiny/chelsea_64.png"), "--model", data("models/warns.pt"), "--device", "cpu"};
  const Finished quiet = tessera(line);
  REQUIRE(quiet.exit_code == 0);
  CHECK(quiet.err.empty());
  line.push_back("--verbose");
  const Finished verbose = tessera(line);
  REQUIRE(verbose.exit_code == 0);
  const std::size_t first = verbose.err.find("LibTorch warns: Using padding='same'");
  REQUIRE(first != std::string::npos);
  CHECK(verbose.err.find("LibTorch warns", first + 1) == std::string::npos);
}

TEST_CASE("a network of another kind is told by its content", "[cli]") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "net.pt";
  const auto refusal = [&](const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
    return tessera({"inspect", data("tiny/chelsea_64.png"), "--model", file});
  };
  CHECK(failed_with(refusal("GGUF\x03"), 1, "net.pt: this is a GGUF file"));
  CHECK(failed_with(refusal("name: \"AlexNet\"\n"), 1, "net.pt: this is plain text"));
  npz::save(folder.path() / "arrays.npz", {{"a", {{1}, {1}}}});
  CHECK(
      failed_with(tessera({"inspect", data("tiny/chelsea_64.png"), "--model", folder.path() / "arrays.npz"}),
                  1, "arrays of NumPy"));
  std::filesystem::create_directory(folder.path() / "saved");
  std::ofstream(folder.path() / "saved/saved_model.pb") << "x";
  CHECK(failed_with(tessera({"inspect", data("tiny/chelsea_64.png"), "--model", folder.path() / "saved"}), 1,
                    "a SavedModel of TensorFlow"));
}

TEST_CASE("what LibTorch says of a file that it cannot load is told", "[cli]") {
  const Finished run =
      tessera({"inspect", data("tiny/chelsea_64.png"), "--model", data("models/undefined_name.pt")});
  CHECK(failed_with(run, 1, "LibTorch cannot load the file (undefined value nowhere)"));
}

TEST_CASE("what cannot be done ends with 1 and one sentence", "[cli]") {
  const std::string image = bundled_image("chelsea.png");
  CHECK(failed_with(tessera({"inspect", "no_such_picture.png"}), 1, "no_such_picture.png"));
  CHECK(failed_with(tessera({"inspect", data("models/text.pt")}), 1, "text.pt"));
  CHECK(failed_with(tessera({"inspect", image, "--model", "no_such_model.pt"}), 1, "no_such_model.pt"));
  for (const std::string name :
       {"text.pt", "state_dict.pth", "truncated_half.pt", "saves.pt", "own_state.pt", "two_inputs.pt"})
    CHECK(failed_with(tessera({"inspect", image, "--model", data("models/" + name)}), 1, name));
  CHECK(failed_with(tessera({"inspect", image}, {{"TESSERA_DATA", "/nowhere"}}), 1, "/nowhere"));
}

}  // namespace tessera::test::inspect_test
