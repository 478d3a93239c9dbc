#include "support/catch.h"
#include "tessera/attribution/sweeps.h"

namespace tessera::test::note_test {

using namespace tessera;
using namespace tessera::attribution;

TEST_CASE("a method note says what ran", "[attribution]") {
  CHECK(to_text(MethodNote{}) == "linearised, backward, exact pooling");
  MethodNote note;
  note.engine = Engine::dual_numbers;
  note.direction = Direction::forward;
  note.rules = {Pooling::lucid, true};
  note.points = 20;
  CHECK(to_text(note) == "dual numbers, forward, mean over 20 points, lucid pooling, checkerboard cancelled");
}

TEST_CASE("answers count the memory of their numbers", "[attribution]") {
  Effects effects{3, 1000, std::vector<float>(3000)};
  CHECK(memory_cost(effects) >= 12000);
  CHECK(memory_cost(Sweep{{effects, effects}, {}}) >= 24000);
  const auto cube = std::make_shared<const Cube>(10, 10, 10);
  const LayerGradient gradient{"layer", cube, cube, true};
  CHECK(memory_cost(gradient) >= 8000);
  CHECK(memory_cost(Pullback{1, {gradient, gradient}, {}}) >= 16000);
  CHECK(memory_cost(MeanGradients{std::vector<float>(100), {gradient}, {}}) >= 8400);
  CHECK(memory_cost(LayerGradient{}) >= sizeof(LayerGradient));
}

}  // namespace tessera::test::note_test
