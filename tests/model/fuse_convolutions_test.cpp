// What runs without gradients is fused; it computes what the network as it stands computes.
#include "model/fuse_convolutions.h"

#include <cmath>
#include <limits>

#include "model/finite_values.h"
#include "model/fixtures.h"
#include "model/model_impl.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/skip.h"
#include "tessera/image/load.h"

namespace tessera::test::fuse_convolutions_test {

using namespace tessera;

namespace {

struct Subject {
  std::shared_ptr<model::Model> model;
  Image picture;
};

std::vector<Subject> subjects() {
  std::vector<Subject> found;
  for (const std::string& name : test::small_models()) {
    const test::Fixture fixture = test::small_model(name);
    found.push_back({test::load_on_cpu(fixture.model), fixture.picture});
  }
  const Image small = image::load(test::data("tiny/chelsea_64.png"));
  for (const std::string name : {"tiny_inception_trace", "tiny_resnet_trace"})
    found.push_back({test::load_on_cpu(test::data("tiny/" + name + ".pt"),
                                       model::preprocessing_from_text("unit,size=64")),
                     small});
  found.push_back(
      {test::load_on_cpu(test::bundled_model()), image::load(test::bundled_image("chelsea.png"))});
  return found;
}

int count_of(const jit::Graph& graph, const std::string& kind) {
  int count = 0;
  for (const jit::Node* node : graph.nodes()) count += node->kind().toQualString() == kind;
  return count;
}

// The whole network, fused, returning the scores and the values of the given layers.
std::shared_ptr<jit::Graph> fused(model::Model& model, const std::vector<jit::Value*>& outputs) {
  const model::FlatGraph& flat = model.impl().flat;
  model::Extract part = model::extract(*flat.graph, std::array{flat.picture}, outputs);
  model::PackedKernels kernels;
  fuse_convolutions(part, flat, finite_values(flat), kernels);
  return part.graph;
}

// Largest difference as a share of the largest number; infinite where only one has a number.
double difference(const at::Tensor& a, const at::Tensor& b) {
  if (!at::equal(a.isnan(), b.isnan())) return std::numeric_limits<double>::infinity();
  const at::Tensor numbers = a.nan_to_num(), others = b.nan_to_num();
  const double largest = numbers.abs().max().item<double>();
  return largest > 0 ? (numbers - others).abs().max().item<double>() / largest : 0;
}

void skip_unless_available() {
  if (!model::PackedKernels::available()) test::skip("this LibTorch cannot fuse convolutions");
}

}  // namespace

TEST_CASE("a constant is finite unless one of its numbers is not", "[model]") {
  const float infinity = std::numeric_limits<float>::infinity();
  for (const float number : {infinity, -infinity, std::nanf("")}) {
    model::FlatGraph flat;
    flat.graph = std::make_shared<jit::Graph>();
    flat.picture = flat.graph->addInput();
    at::Tensor weights = at::full({600'000}, -std::numeric_limits<float>::max());
    const jit::Value* sound = flat.graph->insertConstant(weights.clone());
    weights[-1] = number;
    const jit::Value* unsound = flat.graph->insertConstant(weights);
    const auto finite = model::finite_values(flat);
    CHECK(finite.contains(sound));
    CHECK_FALSE(finite.contains(unsound));
  }
}

TEST_CASE("a fused network computes what the network computes, with and without layers captured", "[model]") {
  const at::NoGradGuard no_grad;
  for (const Subject& subject : subjects()) {
    INFO(subject.model->card().file.filename().string());
    model::Model::Impl& impl = subject.model->impl();
    const at::Tensor input = impl.input_of(subject.picture);
    std::vector<jit::Value*> all{impl.flat.logits};
    for (const model::LayerValue& layer : impl.flat.layers) all.push_back(layer.value);
    const model::Program plain(model::extract(*impl.flat.graph, std::array{impl.flat.picture}, all).graph);
    const std::vector<at::Tensor> expected = plain.run({input});
    // Every layer by itself and the scores, so that all between them may be fused; then all at once.
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::vector<at::Tensor> got =
          model::Program(fused(*subject.model, {all[0], all[i]})).run({input});
      CHECK(difference(expected[0], got[0]) <= 1e-5);
      INFO(i << "th value");
      CHECK(difference(expected[i], got[1]) <= 1e-5);
    }
    const std::vector<at::Tensor> got = model::Program(fused(*subject.model, all)).run({input});
    for (std::size_t i = 0; i < all.size(); ++i) CHECK(difference(expected[i], got[i]) <= 1e-5);
  }
}

TEST_CASE("kernels packed for one picture serve a batch", "[model]") {
  skip_unless_available();
  const at::NoGradGuard no_grad;
  const auto model = test::load_on_cpu(test::bundled_model());
  model::Model::Impl& impl = model->impl();
  const at::Tensor input = impl.input_of(image::load(test::bundled_image("chelsea.png")));
  const at::Tensor batch = at::cat({input, input.flip(3), input * 0.5});
  const std::vector<jit::Value*> outputs{impl.flat.logits};
  const model::Program plain(model::extract(*impl.flat.graph, std::array{impl.flat.picture}, outputs).graph);
  CHECK(difference(plain.run({batch})[0], model::Program(fused(*model, outputs)).run({batch})[0]) <= 1e-5);
}

TEST_CASE("sums and rectifiers after convolutions are fused with them, but for what is captured between",
          "[model]") {
  skip_unless_available();
  const auto bundled = test::load_on_cpu(test::bundled_model());
  const model::FlatGraph& flat = bundled->impl().flat;
  const auto graph = fused(*bundled, {flat.logits});
  CHECK(count_of(*graph, "mkldnn::_convolution_pointwise") == 49);
  for (const std::string kind : {"aten::conv2d", "aten::relu6", "aten::add"})
    CHECK(count_of(*graph, kind) == 0);
  // The stem's convolution is read by its rectifier and returned.
  REQUIRE(flat.first_norm.value);
  CHECK(count_of(*fused(*bundled, {flat.logits, flat.first_norm.value}), "aten::relu6") == 1);

  const auto resnet = test::load_on_cpu(test::data("tiny/tiny_resnet_trace.pt"),
                                        model::preprocessing_from_text("unit,size=64"));
  const auto residual = fused(*resnet, {resnet->impl().flat.logits});
  for (const std::string kind : {"aten::conv2d", "aten::relu", "aten::add"})
    CHECK(count_of(*residual, kind) == 0);
}

TEST_CASE("what is not a number stays so behind a rectifier", "[model]") {
  const at::NoGradGuard no_grad;
  const test::Fixture fixture = test::small_model("non_finite");
  const auto model = test::load_on_cpu(fixture.model);
  const model::FlatGraph& flat = model->impl().flat;
  const auto finite = finite_values(flat);
  CHECK(finite.contains(flat.picture));
  CHECK_FALSE(finite.contains(flat.logits));
  const auto got =
      model::Program(fused(*model, {flat.logits})).run({model->impl().input_of(fixture.picture)});
  CHECK(got[0].isnan().any().item<bool>());
}

}  // namespace tessera::test::fuse_convolutions_test
