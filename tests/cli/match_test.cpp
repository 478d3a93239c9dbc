// `tessera match`: channels of two networks that fire alike.
#include <nlohmann/json.hpp>

#include "cli/tessera.h"
#include "support/catch.h"
#include "support/paths.h"

namespace tessera::test::match_test {
namespace {

using Json = nlohmann::json;

Finished match(std::vector<std::string> arguments) {
  std::vector<std::string> line{"match",        data("tiny/chelsea_64.png"),
                                "--model",      data("tiny/tiny_resnet.pt"),
                                "--device",     "cpu",
                                "--preprocess", "unit,64x64",
                                "--with",       data("tiny/tiny_resnet_trace.pt")};
  line.insert(line.end(), arguments.begin(), arguments.end());
  return tessera(line);
}

}  // namespace

TEST_CASE("channels of a network are found again in its trace", "[cli]") {
  const Finished run = match({bundled_image("chelsea.png"), "--layer", "bn1", "--json"});
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.err.empty());
  const Json report = Json::parse(run.out);
  CHECK(report["images"].size() == 2);
  CHECK(report["model"]["layer"] == "bn1");
  CHECK(report["with"]["name"] == "tiny_resnet_trace");
  CHECK(report["remarks"].empty());
  CHECK(report["mean_correlation"].get<double>() == Approx(1));
  REQUIRE(report["pairs"].size() == report["model"]["channels"].get<std::size_t>());
  for (const Json& pair : report["pairs"]) CHECK(pair["channel"] == pair["with_channel"]);
}

TEST_CASE("people get the best pairs, and are told of the rest", "[cli]") {
  const Finished run = match({"--layer", "layer1", "--with-layer", "layer2", "--rows", "3"});
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("layer1 of tiny_resnet, ") != std::string::npos);
  CHECK(run.out.find("layer2 of tiny_resnet_trace, ") != std::string::npos);
  CHECK(run.out.find("1 picture, 64 positions") != std::string::npos);
  CHECK(run.out.find("more (--rows 0 for all)") != std::string::npos);
  CHECK(run.out.find("Mean correlation of all ") != std::string::npos);
  CHECK(match({"--layer", "layer1", "--rows", "0"}).out.find("for all)") == std::string::npos);
}

TEST_CASE("networks that see different parts of the pictures are pointed out", "[cli]") {
  const Finished run = match(
      {bundled_image("chelsea.png"), "--layer", "layer2", "--with-preprocess", "unit,64x64,fit=stretch"});
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("different parts") != std::string::npos);
}

TEST_CASE("what cannot be matched is said in one sentence", "[cli]") {
  CHECK(failed_with(match({"--layer", "layer9"}), 1, "there is no layer 'layer9'"));
  CHECK(failed_with(match({"--layer", "layer2", "--with-layer", "layr2"}), 1, "--with-layer"));
  CHECK(failed_with(match({"--layer", "layer2", "--with-preprocess", "size=cat"}), 2, "--with-preprocess"));
  CHECK(failed_with(match({}), 2, "--layer is required"));
  CHECK(failed_with(match({"--layer", "layer2", "--rows", "-1"}), 2, "--rows"));
  CHECK(failed_with(tessera({"match", data("tiny/chelsea_64.png"), "--layer", "layer2"}), 2,
                    "--with is required"));
}

}  // namespace tessera::test::match_test
