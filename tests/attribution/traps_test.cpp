// Contributions in networks whose derivatives go wrong elsewhere, against PyTorch's, one point of the path at
// a time.
#include <optional>
#include "attribution/linear/numeric_check.h"
#include "attribution/support.h"
#include "model/fixtures.h"
#include "model/model_impl.h"
#include "support/catch.h"
#include "support/npz.h"
#include "support/paths.h"

#include "tessera/attribution/method.h"
#include "tessera/base/error.h"

namespace tessera::test::attribution_traps_test {

using namespace tessera;
using namespace tessera::attribution;

namespace {

constexpr int explained_class = 2;  // as recorded

}  // namespace

TEST_CASE("contributions in networks with traps are those of PyTorch, one point at a time", "[attribution]") {
  for (const char* name : {"lstm", "lstm_traced", "gru", "gru_traced", "range", "batch_statistics",
                           "instance_norms", "spectrum"}) {
    const test::Subject subject = test::small_subject(name);
    for (const auto& [key, recorded] : test::load_npz(test::data(std::string("models/") + name + ".npz"))) {
      const std::size_t slash = key.find('/');
      const std::string method = key.substr(0, slash);
      if (method != "linear" && method != "path") continue;
      INFO(std::string(name) + " " + key);
      AttributionRequest request;
      request.method = method;
      request.layer = key.substr(slash + 1);
      request.objective = ClassLogit{explained_class};
      const Attribution found = attribute(*subject.sweeps, subject.picture, request);
      test::check_close(key, found.values->values, recorded.values, 1e-3);
    }
  }
}

TEST_CASE("a path on which the network decides otherwise is refused", "[attribution]") {
  // At "input" the path's dark end takes the other branch.
  const test::Subject subject = test::small_subject("decides");
  AttributionRequest request;
  request.layer = "stem";
  request.objective = ClassLogit{0};
  CHECK_NOTHROW(attribute(*subject.sweeps, subject.picture, request));
  const std::shared_ptr<const Cube> input = subject.sweeps->activations(subject.picture, "input");
  Cube dark = *input;
  for (float& value : dark.values) value = -1.9f;
  const std::array cubes{dark};
  CHECK_THROWS_WITH(subject.sweeps->values_at(subject.picture, "input", cubes, ClassLogit{0}),
                    Catch::Matchers::Contains("another branch"));
}

namespace {

// An operation of its own, with a picture's values around it.
struct Alone {
  std::shared_ptr<jit::Graph> graph = std::make_shared<jit::Graph>();
  std::optional<jit::Operation> run;
  Operation operation;

  Alone(const char* kind, const at::Tensor& input) {
    jit::Value* value = graph->addInput();
    value->setType(c10::TensorType::get());
    jit::Node* node = graph->insertNode(graph->create(c10::Symbol::fromQualString(kind), {value}, 1));
    node->output()->setType(c10::TensorType::get());
    run = node->getOperation();
    operation.node = node;
    operation.run = &*run;
    operation.inputs = {input};
    operation.varies = {true};
    operation.outputs = operation.inputs;
    (*run)(operation.outputs);
  }
};

double times_two(const std::vector<Slot>& direction, const std::vector<Slot>& weights) {
  return 2 * (direction[0][0] * weights[0][0]).sum().item<double>();
}

}  // namespace

TEST_CASE("a derivative that is not the operation's is found by finite differences", "[attribution]") {
  const at::Tensor input = at::linspace(-2, 2, 60).view({1, 3, 4, 5});
  const Alone tangent("aten::tan", input * .3);
  const Alone negative("aten::neg", input);
  const std::vector<std::size_t> tensors{0};
  const auto right = [](const std::vector<Slot>& direction, const std::vector<Slot>& weights) {
    return -(direction[0][0] * weights[0][0]).sum().item<double>();
  };
  CHECK(agrees_with_differences(negative.operation, tensors, {}, {}, right));
  CHECK_FALSE(agrees_with_differences(negative.operation, tensors, {}, {}, times_two));
  CHECK_FALSE(agrees_with_differences(tangent.operation, tensors, {}, {}, times_two));
  // No derivative where there is an influence.
  CHECK_FALSE(agrees_with_differences(tangent.operation, tensors, {}, {},
                                      [](const auto&, const auto&) { return 0.0; }));
  // And none where there is none.
  const Alone rounded("aten::round", input);
  CHECK(agrees_with_differences(rounded.operation, tensors, {}, {},
                                [](const auto&, const auto&) { return 0.0; }));
}

TEST_CASE("a gradient is brought into the layout of its value", "[attribution]") {
  const at::Tensor value = at::rand({2, 3, 4, 5});
  const at::Tensor gradient = at::rand({2, 3, 4, 5}).contiguous(at::MemoryFormat::ChannelsLast);
  const at::Tensor brought = in_layout_of(gradient, value);
  CHECK(brought.strides() == value.strides());
  CHECK(at::equal(brought, gradient));
}

}  // namespace tessera::test::attribution_traps_test
