// What the check says of the fixtures, which are sound, and of networks that are made wrong on purpose.
#include "tessera/check/check.h"

#include <algorithm>

#include "check/made_pictures.h"
#include "check/subject.h"
#include "model/fixtures.h"
#include "support/catch.h"
#include "support/paths.h"

namespace tessera::test::check_test {

using namespace tessera;
using check::Kind;
using check::Outcome;

namespace {

check::Report checked(const std::filesystem::path& file) {
  const auto model = test::load_on_cpu(file);
  return check::check(*model);
}

Outcome worst(const check::Report& report, Kind kind) {
  Outcome found = Outcome::skipped;
  for (const check::Line& line : report.lines) {
    if (line.kind != kind) continue;
    if (line.outcome == Outcome::failed) return Outcome::failed;
    found = line.outcome;
  }
  return found;
}

void check_sound(const std::filesystem::path& file) {
  INFO(file.filename().string());
  const check::Report report = checked(file);
  for (const check::Line& line : report.lines) {
    INFO(check::to_text(line.kind) + " " + line.layer + ": " + line.sentence);
    CHECK(line.outcome != Outcome::failed);
    CHECK(!line.sentence.empty());
  }
  CHECK(check::count(report).checked >= 4);
  CHECK(std::ranges::is_sorted(report.lines, {}, &check::Line::kind));
}

}  // namespace

TEST_CASE("no check fails on the small models", "[check]") {
  for (const std::string& name : test::small_models()) check_sound(test::data("models/" + name + ".pt"));
}

TEST_CASE("no check fails on the tiny networks", "[check]") {
  for (const char* name : {"tiny_inception", "tiny_inception_trace", "tiny_resnet", "tiny_resnet_trace",
                           "tiny_vit", "tiny_vit_trace"})
    check_sound(test::data(std::string("tiny/") + name + ".pt"));
}

TEST_CASE("no check fails on the bundled network", "[check]") { check_sound(test::bundled_model()); }

TEST_CASE("what Tessera copes with is said to be handled", "[check]") {
  CHECK(worst(checked(test::data("models/range.pt")), Kind::batch) == Outcome::handled);
  CHECK(worst(checked(test::data("models/batch_statistics.pt")), Kind::batch) == Outcome::handled);
  CHECK(worst(checked(test::data("models/gaussian_traced.pt")), Kind::repeat) == Outcome::handled);
  CHECK(worst(checked(test::data("models/decides.pt")), Kind::interpreter) == Outcome::handled);
  CHECK(worst(checked(test::data("models/branches.pt")), Kind::batch) == Outcome::passed);
}

TEST_CASE("a map that lies elsewhere than it is said to fails by its place", "[check]") {
  for (const char* name : {"transposed", "flipped", "rotated"}) {
    INFO(name);
    const auto model = test::load_on_cpu(test::data(std::string("models/") + name + ".pt"));
    CHECK(worst(check::check(*model), Kind::place) == Outcome::passed);
    for (model::LayerValue& layer : model->impl().flat.layers)
      layer.info.turn = {};  // as if it had not been noticed
    CHECK(worst(check::check(*model), Kind::place) == Outcome::failed);
  }
}

TEST_CASE("weights that are not the file's fail against LibTorch's interpreter", "[check]") {
  const auto model = test::load_on_cpu(test::data("models/branches.pt"));
  for (jit::Node* node : model->impl().flat.graph->nodes())
    if (node->kind() == c10::prim::Constant && node->hasAttribute(c10::attr::value) &&
        node->kindOf(c10::attr::value) == jit::AttributeKind::t && node->t(c10::attr::value).dim() == 4)
      node->t_(c10::attr::value, node->t(c10::attr::value) * 1.01);
  const check::Report report = check::check(*model);
  CHECK(worst(report, Kind::interpreter) == Outcome::failed);
  CHECK(check::failed(report));
}

TEST_CASE("a branch that is frozen fails against LibTorch's interpreter", "[check]") {
  const auto model = test::load_on_cpu(test::data("models/decides.pt"));
  model->impl().flat.decisions.clear();
  CHECK(worst(check::check(*model), Kind::interpreter) == Outcome::failed);
}

TEST_CASE("a check of a picture says which, and stops when it is asked to", "[check]") {
  const test::Fixture fixture = test::small_model("branches");
  const auto model = test::load_on_cpu(fixture.model);
  const check::Report report = check::check(*model, {&fixture.picture, "cat.png"});
  CHECK(report.picture == "cat.png");
  CHECK(report.model == model->card().hash);
  std::stop_source stop;
  attribution::Control control;
  control.stop = stop.get_token();
  control.progress = [&](float, std::string_view) { stop.request_stop(); };
  CHECK_THROWS_AS(check::check(*model, {}, control), Cancelled);
}

TEST_CASE("pictures made for a check differ in what a batch could mix", "[check]") {
  const std::vector<Image> pictures = check::made_pictures(24, 16);
  REQUIRE(pictures.size() == 4);
  std::vector<double> means;
  for (const Image& picture : pictures) {
    double sum = 0;
    for (const std::uint8_t value : picture.rgb) sum += value;
    means.push_back(sum / double(picture.rgb.size()));
  }
  CHECK(means[1] < means[0] - 30);
  CHECK(means[2] > means[0] + 30);
  CHECK((pictures == check::made_pictures(24, 16)));
}

}  // namespace tessera::test::check_test
