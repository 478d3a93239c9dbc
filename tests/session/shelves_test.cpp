// What the session keeps, and for how long.
#include <thread>

#include "session/image_shelf.h"
#include "session/model_shelf.h"
#include "session/opening.h"
#include "session/recent.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

namespace tessera::test::shelves_test {
namespace {

std::shared_ptr<const Cube> cube_of(int values) { return std::make_shared<const Cube>(1, 1, values); }

}  // namespace

TEST_CASE("a cube is taken once, and the oldest give way to new ones", "[session]") {
  const std::size_t each = memory_cost(*cube_of(100));
  session::Recent<Cube> shelf(2 * each);
  const auto first = cube_of(100);
  shelf.put("a", first);
  shelf.put("b", cube_of(100));
  CHECK(shelf.take("a") == first);
  CHECK_FALSE(shelf.take("a"));
  shelf.put("c", cube_of(100));
  shelf.put("d", cube_of(100));
  CHECK_FALSE(shelf.take("b"));
  CHECK(shelf.take("c"));
  CHECK(shelf.take("d"));
}

TEST_CASE("a cube put twice counts once, and one beyond the budget is not kept", "[session]") {
  session::Recent<Cube> shelf(2 * memory_cost(*cube_of(100)));
  shelf.put("a", cube_of(100));
  for (int i = 0; i < 5; ++i) shelf.put("b", cube_of(100));
  CHECK(shelf.take("a"));
  shelf.put("whale", cube_of(1000));
  CHECK_FALSE(shelf.take("whale"));
  shelf.put("c", cube_of(100));
  CHECK(shelf.take("c"));
}

TEST_CASE("a picture that several want at once is decoded once", "[session]") {
  session::ImageShelf shelf;
  const session::ImageRef cat = image_at(bundled_image("chelsea.png"));
  std::shared_ptr<const Image> of_each[4];
  {
    std::vector<std::jthread> lanes;
    for (auto& image : of_each) lanes.emplace_back([&shelf, &cat, &image] { image = shelf.open(cat); });
  }
  REQUIRE(of_each[0]);
  for (const auto& image : of_each) CHECK(image == of_each[0]);
}

TEST_CASE("the pictures used last are kept", "[session]") {
  session::ImageShelf shelf(2);
  std::weak_ptr<const Image> cat = shelf.open(image_at(bundled_image("chelsea.png")));
  std::weak_ptr<const Image> cup = shelf.open(image_at(bundled_image("coffee.png")));
  shelf.open(image_at(bundled_image("chelsea.png")));
  shelf.open(small_image());
  CHECK_FALSE(cat.expired());
  CHECK(cup.expired());
}

TEST_CASE("a picture that could not be decoded is tried again", "[session]") {
  const TemporaryFolder folder;
  const session::ImageRef image = image_at(folder.path() / "cat.png");
  session::ImageShelf shelf;
  CHECK_THROWS_AS(shelf.open(image), Error);
  copy_over(data("tiny/chelsea_64.png"), image.file.path);
  CHECK(shelf.open(image)->width == 64);
}

TEST_CASE("the two models used last are kept", "[session]") {
  session::ModelShelf shelf;
  engine::Job job = unwatched_job<model::ModelCard>();
  std::weak_ptr<model::Model> first = shelf.open(tiny_model("tiny_resnet.pt"), nullptr, job);
  std::weak_ptr<model::Model> second = shelf.open(tiny_model("tiny_inception.pt"), nullptr, job);
  CHECK(shelf.open(tiny_model("tiny_resnet.pt"), nullptr, job) == first.lock());
  shelf.open(tiny_model("tiny_resnet_trace.pt"), nullptr, job);
  CHECK_FALSE(first.expired());
  CHECK(second.expired());
}

}  // namespace tessera::test::shelves_test
