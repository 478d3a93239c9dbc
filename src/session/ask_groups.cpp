#include "tessera/session/ask_groups.h"

#include <utility>

#include "tessera/factorization/choose_k.h"
#include "tessera/session/queries.h"

namespace tessera::session {
namespace {

constexpr float inputs_share = 0.8f;  // of the progress

Activations activations_of(const GroupsRequest& request) {
  return {request.model, request.image, request.layer};
}

// Without an objective to take gradients of there is nothing to ask for: the groups' handler says so.
bool asks_gradient(const GroupsRequest& request) {
  return request.needs_gradient() && request.towards.has_value();
}

Gradient gradient_of(const GroupsRequest& request) {
  return {request.model, request.image, request.layer, *request.towards, request.steps, request.rules};
}

GroupInputs inputs_of(const attribution::LayerGradient& gradient) {
  return {gradient.activations, gradient.gradient, gradient.influences};
}

// What is known of the inputs: the inputs themselves once they are there, else how far they are.
template <class Result>
struct Asked {
  std::optional<GroupInputs> inputs;
  engine::Answer<Result> meanwhile;
};

template <class Result, class Input>
engine::Answer<Result> still_waiting(const engine::Answer<Input>& input) {
  return {input.failed() ? engine::State::failed : engine::State::running,
          {inputs_share * input.progress.fraction, input.progress.stage},
          nullptr,
          input.error};
}

template <class Result>
Asked<Result> ask_inputs(engine::Engine& engine, const GroupsRequest& request,
                         engine::Visibility visibility) {
  if (asks_gradient(request)) {
    const auto answer = engine.ask(gradient_of(request), visibility);
    if (answer.ready()) return {inputs_of(*answer.value), {}};
    return {std::nullopt, still_waiting<Result>(answer)};
  }
  const auto answer = engine.ask(activations_of(request), visibility);
  if (answer.ready()) return {GroupInputs{answer.value->cube, nullptr, true}, {}};
  return {std::nullopt, still_waiting<Result>(answer)};
}

GroupInputs wait_for_inputs(engine::Engine& engine, const GroupsRequest& request,
                            const std::function<void(const engine::Progress&)>& progress) {
  if (asks_gradient(request)) return inputs_of(*engine.wait(gradient_of(request), progress));
  return {engine.wait(activations_of(request), progress)->cube, nullptr, true};
}

TryK trial_of(GroupsRequest request, GroupInputs inputs, int k, int seeds) {
  request.k = k;
  return {std::move(request), std::move(inputs), seeds};
}

void complete(KCurve& curve) {
  curve.complete = true;
  std::vector<double> residuals;
  for (const KTrial& trial : curve.trials) residuals.push_back(trial.residual);
  const int at = factorization::knee(residuals);
  if (at >= 0) curve.knee = curve.trials[std::size_t(at)].k;
}

}  // namespace

engine::Answer<LayerGroups> ask_groups(engine::Engine& engine, const GroupsRequest& request,
                                       const std::shared_ptr<const LayerGroups>& previous,
                                       const std::string& view, engine::Visibility visibility) {
  Asked<LayerGroups> asked = ask_inputs<LayerGroups>(engine, request, visibility);
  if (!asked.inputs) return asked.meanwhile;
  auto answer = engine.ask(Groups{request, std::move(*asked.inputs), previous, view}, visibility);
  answer.progress.fraction = inputs_share + (1 - inputs_share) * answer.progress.fraction;
  return answer;
}

std::shared_ptr<const LayerGroups> wait_for_groups(
    engine::Engine& engine, const GroupsRequest& request, const std::shared_ptr<const LayerGroups>& previous,
    const std::function<void(const engine::Progress&)>& progress) {
  return engine.wait(Groups{request, wait_for_inputs(engine, request, progress), previous, {}});
}

KCurve ask_k_curve(engine::Engine& engine, const GroupsRequest& request, int last, int seeds,
                   engine::Visibility visibility) {
  KCurve curve;
  const Asked<KTrial> asked = ask_inputs<KTrial>(engine, request, visibility);
  curve.error = asked.meanwhile.error;
  if (!asked.inputs) return curve;
  for (int k = 1; k <= last; ++k) {
    const auto answer = engine.ask(trial_of(request, *asked.inputs, k, seeds), visibility);
    if (answer.ready()) curve.trials.push_back(*answer.value);
    if (answer.failed() && !curve.error) curve.error = answer.error;
  }
  if (int(curve.trials.size()) == last) complete(curve);
  return curve;
}

KCurve wait_for_k_curve(engine::Engine& engine, const GroupsRequest& request, int last, int seeds) {
  KCurve curve;
  const GroupInputs inputs = wait_for_inputs(engine, request, {});
  for (int k = 1; k <= last; ++k) curve.trials.push_back(*engine.wait(trial_of(request, inputs, k, seeds)));
  complete(curve);
  return curve;
}

}  // namespace tessera::session
