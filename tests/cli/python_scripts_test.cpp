// Scripts of figures, run by a Python that has PyTorch where there is one.
#include <fstream>
#include <sstream>

#include "cli/python.h"
#include "cli/tessera.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/base/npz.h"
#include "tessera/figure/catalogue.h"

namespace tessera::test::python_scripts_test {
namespace {

const std::filesystem::path tiny_image = data("tiny/chelsea_64.png");

std::filesystem::path python() { return python_with("torch, numpy, PIL"); }

struct Script {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "figure.py";

  Finished write(const std::string& figure, const std::string& model,
                 const std::vector<std::string>& settings = {}) {
    std::vector<std::string> arguments{"figure",   figure,       tiny_image, "--model", data("tiny/" + model),
                                       "--python", file.string()};
    for (const std::string& setting : settings) arguments.insert(arguments.end(), {"--set", setting});
    return tessera(arguments);
  }
};

}  // namespace

TEST_CASE("a script needs no picture, and its arrays lie beside it", "[cli]") {
  Script script;
  const Finished run = script.write("sheet", "tiny_resnet.pt", {"layer=layer2"});
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("figure.npz") != std::string::npos);
  const npz::Arrays arrays = npz::load(script.folder.path() / "figure.npz");
  CHECK(arrays.at("act/layer2").shape == std::vector<std::size_t>{28, 28, 48});
  CHECK(arrays.at("mean").values.size() == 48);
}

TEST_CASE("PyTorch computes what every figure shows, of every kind of network", "[cli]") {
  const auto with = python();
  for (const std::string model : {"tiny_resnet.pt", "tiny_inception_trace.pt", "tiny_vit.pt"})
    for (const figure::Figure& figure : figure::catalogue()) {
      CAPTURE(model, figure.name);
      Script script;
      REQUIRE(script.write(figure.name, model).exit_code == 0);
      const Finished run = run_program(with, {script.file.string()});
      CAPTURE(run.out, run.err);
      CHECK(run.exit_code == 0);
      CHECK(run.out.find("PyTorch computes what Tessera showed") != std::string::npos);
    }
}

TEST_CASE("PyTorch computes what is shown with other settings", "[cli]") {
  const auto with = python();
  const std::vector<std::pair<std::string, std::vector<std::string>>> wanted{
      {"channels", {"method=linear", "class=1", "against=2"}},
      {"channels", {"channel=layer2:3", "layers=layer1,layer2,layer3"}},
      {"channels", {"place=layer2:0.4,0.6"}},
      {"flows", {"towards=groups", "k=3"}},
      {"flows", {"method=linear", "compatible=true", "k=3"}},
      {"groups", {"activations=0.5", "attributions=1", "k=4"}},
      {"spatial", {"method=linear"}}};
  for (const auto& [figure, settings] : wanted) {
    CAPTURE(figure, settings);
    Script script;
    const Finished written = script.write(figure, "tiny_resnet.pt", settings);
    CAPTURE(written.err);
    REQUIRE(written.exit_code == 0);
    const Finished run = run_program(with, {script.file.string()});
    CAPTURE(run.out, run.err);
    CHECK(run.exit_code == 0);
  }
}

TEST_CASE("a script whose arrays were changed fails", "[cli]") {
  const auto with = python();
  Script script;
  REQUIRE(script.write("channels", "tiny_resnet.pt", {"layers=layer3"}).exit_code == 0);
  const auto file = script.folder.path() / "figure.npz";
  npz::Arrays arrays = npz::load(file);
  for (float& value : arrays.at("contribution/layer3").values) value *= 1.1f;
  npz::save(file, arrays);
  const Finished run = run_program(with, {script.file.string()});
  CHECK(run.exit_code == 1);
  CHECK(run.err.find("contribution/layer3") != std::string::npos);
}

}  // namespace tessera::test::python_scripts_test
