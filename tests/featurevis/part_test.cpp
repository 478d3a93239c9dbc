// The network run by hand, forwards and back, against the interpreter and autograd: every model of the tests.
#include "featurevis/part.h"

#include <array>

#include "featurevis/kernels/kernels.h"
#include "featurevis/precision.h"
#include "featurevis/rectifier.h"
#include "model/extract.h"
#include "model/fixtures.h"
#include "model/model_impl.h"
#include "model/preprocess.h"
#include "model/program.h"
#include "support/catch.h"
#include "support/paths.h"
#include "tessera/image/load.h"

namespace tessera::test::part_test {

using namespace tessera;
using namespace tessera::featurevis;

namespace {

double distance(const at::Tensor& a, const at::Tensor& b) {
  REQUIRE(a.sizes() == b.sizes());
  return ((a - b).norm() / b.norm().clamp_min(1e-20)).item<double>();
}

// One layer of a model, its gradient within a share of its length. Returns how many operations had no stage
// of their own.
std::size_t compare(model::Model& model, const Image& picture, jit::Value* end, double tolerance = 1e-4) {
  model::Model::Impl& impl = model.impl();
  const at::Tensor input = impl.input_of(picture);
  const Part part(impl.flat, end);
  Trace trace;
  const at::Tensor value = part.forward(input, trace);
  const at::Tensor leaf = input.detach().requires_grad_();
  const at::AutoGradMode enabled(true);
  // Not Impl::program, whose operations have no derivatives.
  const model::Extract whole =
      model::extract(*impl.flat.graph, std::array{impl.flat.picture}, std::array{end});
  const at::Tensor expected = model::Program(whole.graph).run({leaf})[0];
  CHECK(distance(value, expected.detach()) < 1e-5);
  if (!expected.requires_grad()) return part.automatic_operations();
  torch::manual_seed(0);
  const at::Tensor weights = at::randn_like(value);
  const at::Tensor gradient = torch::autograd::grad({expected}, {leaf}, {weights})[0];
  CHECK(distance(part.backward(weights, trace), gradient) < tolerance);
  return part.automatic_operations();
}

void compare_all(model::Model& model, const Image& picture) {
  for (const model::LayerValue& layer : model.impl().flat.layers) {
    INFO(layer.info.name);
    compare(model, picture, layer.value);
    compare(model, picture, before_rectifier(layer.value));
  }
  compare(model, picture, model.impl().flat.logits);
}

}  // namespace

TEST_CASE("parts of the tiny networks compute what the interpreter and autograd do", "[featurevis]") {
  const Image picture = image::load(test::data("tiny/chelsea_64.png"));
  for (const std::string network : {"tiny_inception", "tiny_resnet", "tiny_vit"})
    for (const std::string suffix : {"", "_trace"}) {
      INFO(network + suffix);
      const auto model = test::load_on_cpu(test::data("tiny/" + network + suffix + ".pt"),
                                           model::preprocessing_from_text("unit,size=64"));
      compare_all(*model, picture);
    }
}

TEST_CASE("parts of the small models compute what the interpreter and autograd do", "[featurevis]") {
  for (const std::string& name : test::small_models()) {
    if (name == "non_finite") continue;
    INFO(name);
    const test::Fixture fixture = test::small_model(name);
    compare_all(*test::load_on_cpu(fixture.model), fixture.picture);
  }
}

TEST_CASE("the bundled network needs none of LibTorch's own derivatives up to its last layer",
          "[featurevis]") {
  const auto model = test::load_on_cpu(test::bundled_model());
  const Image picture = image::load(test::bundled_image("chelsea.png"));
  // Of its million clipped values a few are so near to 0 or 6 that rounding decides whether their gradient
  // passes, and one of a small layer's counts for a hundredth.
  const double tolerance = .03;
  const model::Model::Impl& impl = model->impl();
  CHECK(compare(*model, picture, impl.layer("blocks.15.expand").value, tolerance) == 0);
  CHECK(compare(*model, picture, before_rectifier(impl.layer("blocks.5.expand").value), tolerance) == 0);
  CHECK(compare(*model, picture, impl.flat.logits, tolerance) > 0);
}

TEST_CASE("a part ends at its layer", "[featurevis]") {
  const auto model = test::load_on_cpu(test::bundled_model());
  const Part lower(model->impl().flat, model->impl().layer("blocks.2").value);
  const Part upper(model->impl().flat, model->impl().layer("blocks.8").value);
  CHECK(lower.stages() < upper.stages());
}

TEST_CASE("a rectifier's gradient is redirected where nothing else is left, and only there", "[featurevis]") {
  // Columns: x below, between, at 0, above the limit; g of either sign.
  const at::Tensor x = at::tensor({-1.f, -1.f, 1.f, 1.f, 7.f, 7.f, 0.f, 0.f}).view({1, 8});
  const at::Tensor g = at::tensor({1.f, -1.f, 1.f, -1.f, 1.f, -1.f, 1.f, -1.f}).view({1, 8});
  const auto check = [](const at::Tensor& got, std::vector<float> expected) {
    CHECK(at::equal(got, at::tensor(expected).view_as(got)));
  };
  // The inner loops' own, which are given one element of a batch at a time.
  const auto also = [](const at::Tensor& gradient, const at::Tensor& input, float limit) {
    for (const kernels::Set& set : kernels::available()) {
      at::Tensor mine = gradient.clone();
      for (std::int64_t n = 0; n < mine.size(0); ++n)
        set.redirect(input[n].const_data_ptr<float>(), mine[n].data_ptr<float>(), std::size_t(mine.size(1)),
                     limit);
      CHECK(at::equal(mine, redirected(gradient, input, Rectifier{limit})));
    }
  };
  // Something passes by the normal rule: x in (0, limit].
  check(redirected(g, x, Rectifier{}), {0, 0, 1, -1, 1, -1, 0, 0});
  check(redirected(g, x, Rectifier{6}), {0, 0, 1, -1, 0, 0, 0, 0});
  // Nothing does: all but x < 0 with g > 0, and above the limit all but g < 0.
  const at::Tensor dead = at::tensor({-1.f, -1.f, -2.f, 0.f}).view({1, 4});
  check(redirected(at::tensor({1.f, -1.f, -.5f, 2.f}).view({1, 4}), dead, Rectifier{}), {0, -1, -.5f, 2});
  const at::Tensor high = at::tensor({7.f, 7.f, -1.f, -1.f}).view({1, 4});
  check(redirected(at::tensor({1.f, -1.f, 1.f, -1.f}).view({1, 4}), high, Rectifier{6}), {1, 0, 0, -1});
  // Without a limit the same input passes by the normal rule.
  check(redirected(at::tensor({1.f, -1.f, 1.f, -1.f}).view({1, 4}), high, Rectifier{}), {1, -1, 0, 0});
  // Each element of a batch by itself.
  const at::Tensor batch = at::tensor({-1.f, 1.f, -1.f, -1.f}).view({2, 2});
  check(redirected(at::tensor({-1.f, 3.f, -1.f, 3.f}).view({2, 2}), batch, Rectifier{}), {0, 3, -1, 0});
  for (const float limit : {6.f, std::numeric_limits<float>::infinity()}) {
    also(g, x, limit);
    also(at::tensor({1.f, -1.f, -.5f, 2.f}).view({1, 4}), dead, limit);
    also(at::tensor({1.f, -1.f, 1.f, -1.f}).view({1, 4}), high, limit);
    also(at::tensor({-1.f, 3.f, -1.f, 3.f}).view({2, 2}), batch, limit);
  }
}

TEST_CASE("a part redirects when it is told to, in operations of its own and in LibTorch's", "[featurevis]") {
  for (const std::string network : {"tiny_resnet", "tiny_inception"}) {
    INFO(network);
    const auto model = test::load_on_cpu(test::data("tiny/" + network + ".pt"),
                                         model::preprocessing_from_text("unit,size=64"));
    model::Model::Impl& impl = model->impl();
    const jit::Value* last = nullptr;
    for (const model::LayerValue& layer : impl.flat.layers)
      if (rectifier_of(layer.value->node())) last = layer.value;
    REQUIRE(last != nullptr);
    const Part part(impl.flat, const_cast<jit::Value*>(last));
    // A picture so dark that the gradient asks for what the normal rule cannot give: nothing passes.
    const at::Tensor input = impl.input_of(image::load(test::data("tiny/chelsea_64.png")));
    for (const bool redirect : {false, true}) {
      Trace trace;
      trace.redirect = redirect;
      const at::Tensor value = part.forward(input, trace);
      // Only where the rectifier is closed does the gradient ask for more.
      const at::Tensor gradient = -value.eq(0).to(at::kFloat);
      REQUIRE(gradient.abs().sum().item<float>() > 0);
      const float total = part.backward(gradient, trace).abs().sum().item<float>();
      CHECK((total > 0) == redirect);
    }
  }
}

TEST_CASE("bfloat16 leads the same way as float32, and is noticed where it does not", "[featurevis]") {
  for (const std::string network : {"tiny_resnet", "tiny_inception", "tiny_vit"}) {
    INFO(network);
    const auto model = test::load_on_cpu(test::data("tiny/" + network + ".pt"),
                                         model::preprocessing_from_text("unit,size=64"));
    CHECK(bfloat16_agrees(model->impl()));
  }
  CHECK(!bfloat16_agrees(test::load_on_cpu(test::small_model("non_finite").model)->impl()));
}

}  // namespace tessera::test::part_test
