// The small models of tests/data/models: structures, modes, inputs and outputs as they occur in the wild.
#include "model/fixtures.h"
#include "support/catch.h"

namespace tessera::test::small_models_test {

using namespace tessera;

TEST_CASE("small models agree with what PyTorch computed", "[model]") {
  // Their numbers are checked elsewhere: values that are no numbers, and probabilities where Tessera gives
  // logits.
  const std::vector<std::string> apart{"non_finite", "softmax_output"};
  for (const std::string& name : test::small_models()) {
    if (std::find(apart.begin(), apart.end(), name) != apart.end()) continue;
    INFO(name);
    const test::Fixture fixture = test::small_model(name);
    const auto model = test::load_on_cpu(fixture.model);
    const int compared = test::check_against(fixture, *model);
    // Folding a batch norm takes the convolution's own values away.
    int missing = 0;
    for (const auto& [layer, array] : fixture.activations)
      missing += model->card().find_layer(layer) == nullptr;
    CHECK(compared + missing == int(fixture.activations.size()));
    CHECK(missing <= model->card().folded_batch_norms);
  }
}

}  // namespace tessera::test::small_models_test
