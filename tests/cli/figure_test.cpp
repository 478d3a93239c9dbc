// `tessera figure`; drawing is tried where this machine can draw without a window.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/figure/set_options.h"
#include "cli/tessera.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/base/error.h"
#include "tessera/figure/presets.h"
#include "tessera/figure/queries.h"
#include "tessera/figure/spec.h"
#include "tessera/image/load.h"

namespace tessera::test::figure_test {
namespace {

std::size_t colours(const Image& picture) {
  std::vector<int> colours;
  for (std::size_t i = 0; i + 2 < picture.rgb.size(); i += 3)
    colours.push_back(picture.rgb[i] << 16 | picture.rgb[i + 1] << 8 | picture.rgb[i + 2]);
  std::sort(colours.begin(), colours.end());
  return std::size_t(std::unique(colours.begin(), colours.end()) - colours.begin());
}

bool is_usage_error(const Finished& run, const std::string& expected) {
  return run.exit_code == 2 && run.out.empty() && run.err.find(expected) != std::string::npos;
}

const std::filesystem::path tiny_model = data("tiny/tiny_resnet.pt");
const std::filesystem::path tiny_image = data("tiny/chelsea_64.png");

}  // namespace

TEST_CASE("the figures are listed by name, one a line", "[cli]") {
  const Finished run = tessera({"figure", "--list"});
  REQUIRE(run.exit_code == 0);
  CHECK(run.err.empty());
  std::istringstream lines(run.out);
  std::vector<std::string> names;
  for (std::string line; std::getline(lines, line);) names.push_back(line);
  REQUIRE(names.size() == figure::catalogue().size());
  for (std::size_t i = 0; i < names.size(); ++i) CHECK(names[i] == figure::catalogue()[i].name);
}

TEST_CASE("what can be set about a figure is printed", "[cli]") {
  const Finished run = tessera({"figure", "spatial", "--list"});
  REQUIRE(run.exit_code == 0);
  for (const figure::Setting& setting : figure::find_figure("spatial")->settings)
    CHECK(run.out.find(setting.key) != std::string::npos);
  CHECK(run.out.find("path or linear (default: path)") != std::string::npos);
}

TEST_CASE("names and settings that do not exist name the nearest", "[cli]") {
  const auto figure = [](std::vector<std::string> more) {
    more.insert(more.begin(), "figure");
    return tessera(more);
  };
  CHECK(is_usage_error(figure({"overveiw", "a.png", "-o", "b.png"}), "Did you mean overview?"));
  CHECK(is_usage_error(figure({"overveiw", "--list"}), "Did you mean overview?"));
  CHECK(is_usage_error(figure({"spatial", "a.png", "-o", "b.png", "--set", "facters=3"}),
                       "Did you mean factors"));
  CHECK(is_usage_error(figure({"spatial", "a.png", "-o", "b.png", "--set", "factors=99"}),
                       "a whole number from 2 to 6"));
  CHECK(is_usage_error(figure({"spatial", "a.png", "-o", "b.png", "--set", "factors"}), "key=value"));
  CHECK(is_usage_error(figure({"spatial", "a.png", "-o", "b.png", "--set", "method=median"}),
                       "path or linear"));
  CHECK(is_usage_error(figure({}), "--list"));
  CHECK(is_usage_error(figure({"overview"}), "IMAGE"));
  CHECK(is_usage_error(figure({"overview", "a.png"}), "-o"));
  CHECK(is_usage_error(figure({"overview", "a.png", "-o", "b.png", "--scale", "2", "--width", "900"}),
                       "--width"));
}

TEST_CASE("settings are read with the model's own layers", "[cli]") {
  model::ModelCard card;
  card.name = "net";
  card.layers.resize(2);
  card.layers[0].name = "low";
  card.layers[1].name = "high";
  card.layers[1].aliases = {"high.relu"};
  const figure::Figure& spatial = *figure::find_figure("spatial");
  const app::SetOptions good(spatial, {"layers=high.relu,low", "factors=3", "factors=4"});
  const figure::Settings settings = good.for_model(card);
  CHECK(settings.at("layers") == figure::Value(std::vector<std::string>{"high", "low"}));
  CHECK(settings.at("factors") == figure::Value(std::int64_t(4)));
  CHECK(settings.size() == 2);
  const app::SetOptions bad(spatial, {"layers=hihg"});
  CHECK_THROWS_AS(bad.for_model(card), Error);
}

TEST_CASE("a class is set by its label, and a number that may be two classes is told", "[cli]") {
  model::ModelCard card;
  card.classes = 3;
  card.labels = {"1", "10", "2"};
  const app::SetOptions set(*figure::find_figure("channels"), {"class=2", "against=#2"});
  CHECK(set.for_model(card).at("class") == figure::Value(std::int64_t(2)));
  CHECK(set.for_model(card).at("against") == figure::Value(std::int64_t(2)));
  CHECK(set.notes_for(card).empty());
  const app::SetOptions other(*figure::find_figure("channels"), {"class=1"});
  CHECK(other.for_model(card).at("class") == figure::Value(std::int64_t(0)));
  REQUIRE(other.notes_for(card).size() == 1);
  CHECK(other.notes_for(card)[0].find("labelled 10") != std::string::npos);
}

TEST_CASE("the overview is drawn into a PNG of the wanted width, with what made it", "[cli]") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "overview.png";
  const Finished run =
      tessera({"figure", "overview", tiny_image, "--model", tiny_model, "-o", file, "--width", "1440",
               "--set", "layers=input", "--theme", "dark", "--no-legend"});
  skip_without_drawing(run);
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("overview.png") != std::string::npos);
  const Image picture = image::load(file);
  CHECK(picture.width == 1440);
  // Heat maps and a photograph have many colours; an empty page has few.
  CHECK(colours(picture) > 1000);

  const auto made = figure::read_figure(file).made;
  REQUIRE(made);
  CHECK(made->figure == "overview");
  CHECK(made->settings.at("layers") == figure::Value(std::vector<std::string>{"input"}));
  CHECK(made->image == figure::identify(tiny_image));
  CHECK(made->model == figure::identify(tiny_model));
  CHECK(made->page.width == 1440);
  CHECK(made->page.dark);
  CHECK(made->page.caption);
  CHECK_FALSE(made->page.legend);
}

TEST_CASE("the same figure is the same file at every run, and larger at a larger scale", "[cli]") {
  const TemporaryFolder folder;
  const auto draw = [&](const std::string& name, const std::string& scale) {
    return tessera({"figure", "overview", tiny_image, "--model", tiny_model, "-o", folder.path() / name,
                    "--scale", scale, "--no-caption"});
  };
  const Finished first = draw("a.png", "1");
  skip_without_drawing(first);
  REQUIRE(first.exit_code == 0);
  REQUIRE(draw("b.png", "1").exit_code == 0);
  REQUIRE(draw("c.png", "1.5").exit_code == 0);
  const Image a = image::load(folder.path() / "a.png"), c = image::load(folder.path() / "c.png");
  CHECK(a == image::load(folder.path() / "b.png"));
  CHECK(c.width == a.width * 3 / 2);
  CHECK(std::abs(c.height - a.height * 3 / 2) <= 1);  // what is between two pixels is rounded
}

TEST_CASE("a figure's grammar is drawn from its file", "[cli]") {
  const TemporaryFolder folder;
  const auto draw = [&](const std::string& name, const std::string& json,
                        std::vector<std::string> more = {}) {
    std::ofstream(folder.path() / "spec.json") << json;
    std::vector<std::string> all{"figure",   "--spec", folder.path() / "spec.json", tiny_image, "--model",
                                 tiny_model, "-o",     folder.path() / name,        "--scale",  "1"};
    all.insert(all.end(), more.begin(), more.end());
    return tessera(all);
  };
  const std::string saliency =
      R"({"format":2,"elements":[{"content":"attribution","presentation":"information","stratum":"input",)"
      R"("atoms":"position","towards":{"stratum":"hidden","atoms":"group"}}],"settings":{"k":3}})";
  const Finished run = draw("saliency.png", saliency, {"--set", "method=linear"});
  skip_without_drawing(run);
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  const auto made = figure::read_figure(folder.path() / "saliency.png").made;
  REQUIRE(made);
  CHECK(made->figure == "space");
  CHECK(made->settings.at("k") == figure::Value(std::int64_t(3)));
  CHECK(made->settings.at("method") == figure::Value(std::string("linear")));
  const auto spec = figure::spec_from_json(std::get<std::string>(made->settings.at("spec")));
  CHECK(spec.elements == figure::spec_from_json(saliency).elements);
  CHECK(colours(image::load(folder.path() / "saliency.png")) > 500);

  // What is a built-in figure is that figure.
  const auto built_in = figure::built_in_specs();
  const auto cube = std::ranges::find(built_in, "cube", &figure::BuiltIn::figure);
  REQUIRE(draw("cube.png", figure::to_json(figure::FigureSpec{cube->elements, {}, {}})).exit_code == 0);
  CHECK(figure::read_figure(folder.path() / "cube.png").made->figure == "cube");
  CHECK(is_usage_error(draw("no.png", R"({"format":9,"elements":[]})"), "Update Tessera"));
  CHECK(is_usage_error(draw("no.png", "icons"), "not valid JSON"));
  CHECK(is_usage_error(tessera({"figure", "--spec", "nowhere.json", tiny_image, "-o", "b.png"}),
                       "nowhere.json"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "no.png"));
}

TEST_CASE("a figure that cannot be made leaves no file", "[cli]") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "overview.png";
  const Finished run = tessera({"figure", "overview", "no_such_picture.png", "-o", file});
  CHECK(failed_with(run, 1, "no_such_picture.png"));
  CHECK_FALSE(std::filesystem::exists(file));
  const Finished unknown =
      tessera({"figure", "overview", tiny_image, "--model", tiny_model, "-o", file, "--set", "layers=layer"});
  CHECK(failed_with(unknown, 1, "Did you mean"));
  CHECK_FALSE(std::filesystem::exists(file));
  const Finished nowhere =
      tessera({"figure", "overview", tiny_image, "--model", tiny_model, "-o", "/nowhere/overview.png"});
  skip_without_drawing(nowhere);
  CHECK(failed_with(nowhere, 1, "/nowhere"));
}

}  // namespace tessera::test::figure_test
