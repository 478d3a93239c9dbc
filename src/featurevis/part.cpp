#include "featurevis/part.h"

#include "featurevis/part_builder.h"

namespace tessera::featurevis {

Part::Part(const model::FlatGraph& flat, jit::Value* end, at::ScalarType type) : type_(type) {
  PartBuilder(*this, flat, end).build();
}
Part::~Part() = default;
Part::Part(Part&&) noexcept = default;
Part& Part::operator=(Part&&) noexcept = default;

at::Tensor Part::forward(const at::Tensor& picture, Trace& trace) const {
  const at::NoGradGuard no_grad;
  trace.values.assign(std::size_t(slots_), {});
  trace.gradients.assign(std::size_t(slots_), {});
  trace.kept.resize(stages_.size());
  trace.values[std::size_t(picture_)] = picture.to(type_);
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    stages_[i]->forward(trace);
    for (const int slot : finished_[i]) trace.values[std::size_t(slot)] = {};
  }
  return trace.tensor(end_).to(at::kFloat);
}

at::Tensor Part::backward(const at::Tensor& gradient, Trace& trace) const {
  const at::NoGradGuard no_grad;
  trace.values.clear();
  trace.gradients[std::size_t(end_)] = gradient.to(type_);
  for (std::size_t i = stages_.size(); i-- > 0;) {
    const Stage& stage = *stages_[i];
    const bool reached = std::any_of(stage.outputs.begin(), stage.outputs.end(),
                                     [&](int slot) { return trace.gradients[std::size_t(slot)].defined(); });
    if (reached) stage.backward(trace);
    trace.kept[i].clear();
  }
  return trace.gradients[std::size_t(picture_)];
}

}  // namespace tessera::featurevis
