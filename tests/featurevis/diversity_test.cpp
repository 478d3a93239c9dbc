#include "featurevis/diversity.h"

#include "support/catch.h"

namespace tessera::test::diversity_test {

using namespace tessera::featurevis;
using tessera::test::Approx;

TEST_CASE("likeness is the mean inner product of normalised Gram matrices", "[featurevis]") {
  // One position, two channels: Gram matrices of (1,0), (0,2) and (3,0).
  const at::Tensor features = at::tensor({1.f, 0.f, 0.f, 2.f, 3.f, 0.f}).view({3, 1, 2});
  // The first and the third are alike, the second shares nothing: two ordered pairs of 1, over 3.
  CHECK(likeness(features).value == Approx(2 / 3.));
  CHECK(likeness(features.narrow(0, 0, 2)).value == Approx(0).margin(1e-6));
  CHECK(likeness(at::ones({4, 3, 2})).value == Approx(3).epsilon(1e-5));
}

TEST_CASE("the gradient of likeness agrees with finite differences", "[featurevis]") {
  torch::manual_seed(1);
  const at::Tensor features = at::rand({3, 4, 5}) + .1;
  const at::Tensor gradient = likeness(features).gradient;
  for (std::int64_t i = 0; i < features.numel(); i += 7) {
    const auto moved = [&](float by) {
      at::Tensor other = features.clone();
      other.view({-1})[i] += by;
      return likeness(other).value;
    };
    CHECK(gradient.reshape({-1})[i].item<float>() ==
          Approx((double(moved(.02f)) - moved(-.02f)) / .04).epsilon(.03).margin(2e-4));
  }
}

}  // namespace tessera::test::diversity_test
