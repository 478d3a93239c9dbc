#include "attribution/methods/method.h"
#include "tessera/base/error.h"

namespace tessera::attribution {
namespace {

// One of two runs, in its half of the progress.
Control half_of(const Control& control, float from) {
  Control half = control;
  half.progress = [&control, from](float fraction, std::string_view stage) {
    control.report(from + fraction / 2, stage);
  };
  return half;
}

std::shared_ptr<const Cube> less(const std::shared_ptr<const Cube>& a, const std::shared_ptr<const Cube>& b) {
  if (!a || !b) return nullptr;
  Cube result = *a;
  for (std::size_t i = 0; i < result.values.size(); ++i) result.values[i] -= b->values[i];
  return std::make_shared<const Cube>(std::move(result));
}

}  // namespace

Attribution rule_difference(Sweeps& sweeps, const Image& picture, const AttributionRequest& request,
                            const Control& control) {
  if (request.rules == GradientRules{})
    throw Error("the gradient rules are the exact ones, so there is no difference", request.layer,
                "Choose a pooling rule or checkerboard cancelling");
  if (request.method == "ablation")
    throw Error("ablation takes no gradients, so gradient rules change nothing", request.layer,
                "Choose another method");
  AttributionRequest exactly = request;
  exactly.rules = {};
  Attribution result = attribute_layer(sweeps, picture, request, half_of(control, 0));
  const Attribution exact = attribute_layer(sweeps, picture, exactly, half_of(control, 0.5f));
  result.values = less(result.values, exact.values);
  result.spread = nullptr;
  result.rectified.clear();
  // Value and baseline value are the same for both, and so stay zero.
  result.total -= exact.total;
  result.gap = -result.total;
  result.influences = result.influences || exact.influences;
  result.note.remarks.push_back("a difference: " + to_text(request.rules) + " less " +
                                to_text(exactly.rules));
  control.report(1, "attribution");
  return result;
}

}  // namespace tessera::attribution
