// Files that are missing, broken, changed or gone.
#include "session/opening.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

namespace tessera::test::files_test {
namespace {

using session::Activations;
using session::Classify;
using session::OpenImage;
using session::OpenModel;

template <class Q>
std::string failure(engine::Engine& engine, const Q& query) {
  CHECK_THROWS_AS(engine.wait(query), Error);
  const auto answer = engine.ask(query);
  REQUIRE(answer.failed());
  return answer.error->what();
}

}  // namespace

TEST_CASE("wrong files fail, are named, and leave the rest as it was", "[session]") {
  Opened opened;
  const session::ModelRef model = tiny_model("tiny_resnet.pt");
  opened.engine.wait(Classify{model, small_image()});

  const session::ImageRef no_image = image_at("no_such_picture.png");
  const session::ImageRef text = image_at(data("models/text.pt"));
  const session::ModelRef no_model = tiny_model("no_such_model.pt");
  CHECK(failure(opened.engine, OpenImage{no_image}).find("no_such_picture.png") != std::string::npos);
  CHECK(failure(opened.engine, OpenImage{text}).find("text.pt") != std::string::npos);
  CHECK(failure(opened.engine, OpenModel{no_model}).find("no_such_model.pt") != std::string::npos);
  CHECK(failure(opened.engine, OpenModel{tiny_model("chelsea_64.png")}).find("chelsea_64.png") !=
        std::string::npos);
  CHECK(failure(opened.engine, Classify{model, no_image}).find("no_such_picture.png") != std::string::npos);
  CHECK(failure(opened.engine, Classify{no_model, small_image()}).find("no_such_model.pt") !=
        std::string::npos);

  CHECK(opened.engine.ask(Classify{model, small_image()}).ready());
  CHECK_FALSE(opened.engine.wait(Classify{model, image_at(bundled_image("coffee.png"))})->classes.empty());
}

TEST_CASE("a failure can be retried once the file is there", "[session]") {
  const TemporaryFolder folder;
  const session::ImageRef image = image_at(folder.path() / "cat.png");
  Opened opened;
  CHECK_THROWS_AS(opened.engine.wait(OpenImage{image}), Error);
  copy_over(data("tiny/chelsea_64.png"), image.file.path);
  opened.engine.retry(OpenImage{image});
  CHECK(opened.engine.wait(OpenImage{image})->width == 64);
}

TEST_CASE("a changed picture is another picture", "[session]") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "picture.png";
  copy_over(data("tiny/chelsea_64.png"), file);
  Opened opened;
  const session::ImageRef before = image_at(file);
  CHECK(opened.engine.wait(OpenImage{before})->width == 64);
  copy_over(bundled_image("chelsea.png"), file);
  const session::ImageRef after = image_at(file);
  REQUIRE_FALSE(before == after);
  CHECK(opened.engine.wait(OpenImage{after})->width == 451);
  CHECK(opened.engine.ask(OpenImage{before}).value->width == 64);
}

TEST_CASE("a changed model is another model", "[session]") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "network.pt";
  copy_over(data("tiny/tiny_resnet.pt"), file);
  Opened opened;
  CHECK(opened.engine.wait(OpenModel{small_model_at(file)})->find_layer("layer1"));
  copy_over(data("tiny/tiny_inception.pt"), file);
  const auto card = opened.engine.wait(OpenModel{small_model_at(file)});
  CHECK_FALSE(card->find_layer("layer1"));
  CHECK(card->find_layer("mixed3a"));
}

TEST_CASE("suggested layers are captured while classifying, and need no second pass", "[session]") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "network.pt";
  copy_over(data("tiny/tiny_resnet.pt"), file);
  const session::ModelRef model = small_model_at(file);
  Opened opened;
  opened.engine.wait(Classify{model, small_image()});
  const auto card = opened.engine.wait(OpenModel{model});
  std::string suggested;
  std::string other;
  for (const model::LayerInfo& layer : card->layers) (layer.suggested ? suggested : other) = layer.name;
  REQUIRE_FALSE(suggested.empty());
  REQUIRE_FALSE(other.empty());

  // Two more models push this one off the shelf, and its file is gone: whatever needs a pass has to fail.
  opened.engine.wait(OpenModel{tiny_model("tiny_inception.pt")});
  opened.engine.wait(OpenModel{tiny_model("tiny_inception_trace.pt")});
  std::filesystem::remove(file);
  CHECK(opened.engine.wait(Activations{model, small_image(), suggested})->cube->channels > 0);
  CHECK_THROWS_AS(opened.engine.wait(Activations{model, small_image(), other}), Error);
}

}  // namespace tessera::test::files_test
