// Derivatives of the tiny networks against finite differences, both in float64.
#include "attribution/linearised.h"
#include "attribution/support.h"
#include "model/model_impl.h"
#include "support/catch.h"

namespace tessera::test::finite_difference_test {

using namespace tessera;
using namespace tessera::attribution;

namespace {

// Its weights as float64. The forward pass is then one of float64 as well.
void make_double(jit::Graph& graph) {
  for (jit::Node* node : graph.nodes()) {
    if (node->kind() != c10::prim::Constant || !node->hasAttribute(c10::attr::value)) continue;
    if (node->kindOf(c10::attr::value) == jit::AttributeKind::t &&
        node->t(c10::attr::value).is_floating_point())
      node->t_(c10::attr::value, node->t(c10::attr::value).to(at::kDouble));
  }
}

}  // namespace

TEST_CASE("derivatives of every layer of the tiny networks equal finite differences in float64",
          "[attribution]") {
  const at::NoGradGuard no_grad;
  at::manual_seed(3);
  for (const std::string network :
       {"tiny_inception", "tiny_resnet", "tiny_vit", "tiny_inception_trace", "tiny_vit_trace"}) {
    test::Subject subject = test::tiny_subject(network);
    model::Model::Impl& model = subject.model->impl();
    make_double(*model.flat.graph);
    const Network net(model.flat, model.kernels);
    const Recording recording(net, model.input_of(subject.picture).to(at::kDouble));
    Linearised derivatives(net, recording, {});
    const jit::Value* logits = model.flat.logits;
    for (const model::LayerValue& layer : model.flat.layers) {
      // The windows of a max pool overlap, so that its outputs hold some values twice: a second pool has ties
      // there.
      if (layer.info.operation == "max_pool2d") continue;
      INFO(network + " " + layer.info.name);
      const at::Tensor& here = recording.tensor(layer.value);
      REQUIRE(here.scalar_type() == at::kDouble);
      // Values that are zero stay: windows of a max pool that are all zero have no derivative.
      const at::Tensor change = at::randn_like(here) * here.ne(0);
      constexpr double step = 1e-7;
      const auto value_at = [&](double amount) {
        return Recording(net, recording, layer.value, here + change * amount, std::array{logits}, false)
            .tensor(logits);
      };
      const at::Tensor expected = (value_at(step) - value_at(-step)) / (2 * step);
      const at::Tensor forward =
          derivatives.forward(layer.value, change.unsqueeze(0), std::array{logits})[0][0];
      const double scale = std::max(expected.abs().max().item<double>(), 1e-3);
      CHECK((forward - expected).abs().max().item<double>() <= 1e-5 * scale);
      // The adjoint: ⟨g, J v⟩ = ⟨Jᵀ g, v⟩.
      const at::Tensor weights = at::randn_like(expected);
      const Linearised::Seed seed{logits, weights.unsqueeze(0)};
      const at::Tensor back = derivatives.backward(
          std::span(&seed, 1), std::array{static_cast<const jit::Value*>(layer.value)})[0][0];
      const double there = (weights * forward).sum().item<double>();
      CHECK((back * change).sum().item<double>() == test::Approx(there).epsilon(1e-9).margin(1e-12 * scale));
    }
  }
}

}  // namespace tessera::test::finite_difference_test
