#include "session/group_answers.h"

#include <array>
#include <type_traits>
#include <utility>

#include "attribution/methods/along.h"
#include "session/group_key.h"
#include "session/job_control.h"
#include "session/shared.h"
#include "tessera/attribution/flows.h"
#include "tessera/base/error.h"
#include "tessera/factorization/choose_k.h"
#include "tessera/factorization/factorize.h"
#include "tessera/factorization/nmf.h"

namespace tessera::session {
namespace {

using factorization::Factorization;
using factorization::Matrix;
using factorization::Method;

factorization::Watch watch_of(engine::Job& job, std::string_view stage) {
  return {job.stop_token(), [&job, stage](const factorization::Watch::Progress& progress) {
            job.progress(progress.fraction, stage);
          }};
}

factorization::Request factorization_request(const GroupsRequest& request) {
  factorization::Request made;
  made.method = request.method;
  made.k = request.k;
  made.restarts = request.restarts;
  made.seed = request.seed;
  made.clip_negative = request.clip_negative;
  return made;
}

bool is_trivial(Method method) { return method == Method::channels || method == Method::positions; }

// The matrix that is factorized, and whether it is the activations alone.
struct Values {
  bool plain = true;
  Matrix blend;
  factorization::MatrixView view;

  Values(const GroupsRequest& request, const GroupInputs& inputs) {
    if (!inputs.activations) throw Error("the activations of the layer are missing", request.layer);
    view = *inputs.activations;
    plain = !request.needs_gradient() || is_trivial(request.method);
    if (plain && request.objective.activations > 0) return;
    if (!plain && !request.towards)
      throw Error("gradients and attributions are of something, and nothing is named", request.layer,
                  "Choose a class");
    Cube attributed;
    factorization::LayerValues values;
    values.activations = *inputs.activations;
    if (!plain) {
      if (!inputs.gradient) throw Error("the gradient of the layer is missing", request.layer);
      attributed = attribution::product(*inputs.activations, *inputs.gradient);
      values.gradients = *inputs.gradient;
      values.attributions = attributed;
    }
    blend = factorization::blended(values, request.objective);
    view = blend;
  }
  Values(const Values&) = delete;  // the view may be of the blend
  Values& operator=(const Values&) = delete;
};

bool has_glimpse(const GroupsRequest& request, const Values& values) {
  return values.plain && (request.method == Method::nmf || request.method == Method::semi_nmf);
}

// Groups shown before can be a start where they are of the same matrix.
bool starts_from(const LayerGroups* previous, const GroupsRequest& request, const Values& values) {
  return previous && has_glimpse(request, values) && previous->factorization.method == request.method &&
         previous->layer == request.layer && previous->image == request.image &&
         previous->model == request.model && previous->factorization.positions() == values.view.rows &&
         previous->factorization.channels() == values.view.columns;
}

// What can be told at once: a few steps from where the slider was, or the winner of a race of few starts.
Factorization glimpse(const GroupsRequest& request, const Values& values, const LayerGroups* previous,
                      engine::Job& job) {
  factorization::NmfOptions options;
  options.k = request.k;
  options.seed = request.seed;
  if (previous) {
    options.restarts = 0;
    options.max_iterations = 20;
    options.previous = &previous->factorization;
  }
  const factorization::Watch watch{job.stop_token(), {}};
  if (request.method == Method::semi_nmf) return semi_nmf(values.view, options, watch);
  if (request.clip_negative) return nmf(positive_part(values.view), options, watch);
  return nmf(values.view, options, watch);
}

// Errors of a factorization know no layer.
template <class F>
auto at_layer(const std::string& layer, F compute) {
  try {
    return compute();
  } catch (const Error& error) {
    if (!error.where().empty() && error.where() != "activations") throw;
    throw Error(error.happened(), layer, error.remedy());
  }
}

}  // namespace

std::shared_ptr<const LayerGroups> GroupAnswers::answer(const Groups& query, engine::Job& job) {
  const GroupsRequest& request = query.request;
  return at_layer(request.layer, [&] {
    const Values values(request, query.inputs);
    std::shared_ptr<const Factorization> solution = solutions_.find(key_of_solution(request).text());
    if (!solution) {
      if (has_glimpse(request, values)) {
        const bool continued = starts_from(query.previous.get(), request, values);
        Factorization early = glimpse(request, values, continued ? query.previous.get() : nullptr, job);
        job.throw_if_cancelled();
        job.preview(shared(describe(request, query.inputs, std::move(early), query.previous.get())));
      }
      solution = shared(factorization::factorize(values.view, factorization_request(request),
                                                 watch_of(job, "finding groups")));
    }
    job.throw_if_cancelled();
    Factorization told = values.plain ? *solution
                                      : factorization::on_activations(*solution, *query.inputs.activations,
                                                                      factorization_request(request));
    return shared(describe(request, query.inputs, std::move(told), query.previous.get()));
  });
}

std::shared_ptr<const KTrial> GroupAnswers::answer(const TryK& query, engine::Job& job) {
  const GroupsRequest& request = query.request;
  return at_layer(request.layer, [&] {
    const Values values(request, query.inputs);
    const factorization::Watch watch = watch_of(job, "trying numbers of groups");
    KTrial trial;
    trial.k = request.k;
    if (request.method != Method::nmf) {
      auto solution = shared(factorization::factorize(values.view, factorization_request(request), watch));
      job.throw_if_cancelled();
      trial.residual = solution->residual;
      solutions_.put(key_of_solution(request).text(), std::move(solution));
      return shared(std::move(trial));
    }
    const Matrix clipped = request.clip_negative ? positive_part(values.view) : Matrix();
    factorization::KOptions options;
    options.first = options.last = request.k;
    options.seeds = query.seeds;
    options.seed = request.seed;
    options.restarts = request.restarts;
    std::vector<factorization::KFacts> facts =
        explore_k(request.clip_negative ? clipped : values.view, options, watch);
    job.throw_if_cancelled();
    trial.residual = facts.at(0).factorization.residual;
    if (query.seeds > 0) trial.stability = facts[0].stability;
    solutions_.put(key_of_solution(request).text(), shared(std::move(facts[0].factorization)));
    return shared(std::move(trial));
  });
}

std::shared_ptr<const attribution::LayerGradient> GroupAnswers::answer(const Gradient& query,
                                                                       engine::Job& job) {
  const std::shared_ptr<const Image> picture = images_.open(query.image);
  job.throw_if_cancelled();
  const AttributableModel opened = models_.open_attributable(query.model, *picture, job, model_load_share);
  job.throw_if_cancelled();
  if (query.steps == 0) {
    const std::array layers{query.layer};
    return shared(
        std::move(opened.sweeps->pullback(*picture, query.objective, layers, query.rules, control_of(job))
                      .layers.at(0)));
  }
  attribution::MethodNote note;
  return shared(attribution::path_gradient(*opened.sweeps, *picture, query.layer, query.objective,
                                           query.rules, attribution::Baseline::zero, query.steps,
                                           control_of(job), note));
}

std::shared_ptr<const GroupAttributions> GroupAnswers::answer(const AttributeGroups& query,
                                                              engine::Job& job) {
  if (!query.groups) throw Error("there are no groups to attribute to");
  const std::shared_ptr<const Image> picture = images_.open(query.groups->image);
  job.throw_if_cancelled();
  const AttributableModel opened =
      models_.open_attributable(query.groups->model, *picture, job, model_load_share);
  attribution::AllClassesRequest request;
  request.layer = query.groups->layer;
  request.atoms = attribution::GroupCubes{atoms_of(*query.groups), true};
  request.steps = query.steps;
  request.rules = query.rules;
  return shared(GroupAttributions{
      attribution::all_classes(*opened.sweeps, *opened.model, *picture, request, control_of(job))});
}

std::shared_ptr<const attribution::GroupFlows> GroupAnswers::answer(const GroupFlow& query,
                                                                    engine::Job& job) {
  if (!query.earlier || !query.later) throw Error("flows need groups at both layers");
  if (!(query.earlier->model == query.later->model) || !(query.earlier->image == query.later->image))
    throw Error("the groups are of different models or pictures",
                query.earlier->layer + " and " + query.later->layer);
  const std::shared_ptr<const Image> picture = images_.open(query.earlier->image);
  job.throw_if_cancelled();
  const AttributableModel opened =
      models_.open_attributable(query.earlier->model, *picture, job, model_load_share);
  attribution::FlowRequest request;
  request.earlier = query.earlier->layer;
  request.earlier_groups = atoms_of(*query.earlier);
  request.later = query.later->layer;
  request.later_groups = atoms_of(*query.later);
  request.towards = query.towards;
  request.steps = query.steps;
  request.rules = query.rules;
  request.residual = true;
  const attribution::Control control = control_of(job);
  GroupFlow without_class = query;
  if (query.towards) without_class.towards = attribution::ClassLogit{0};  // any: conserving flows push alike
  const std::string key = without_class.key();
  std::shared_ptr<const attribution::PushedGroups> pushed = pushed_.find(key);
  if (!pushed) {
    pushed = shared(attribution::push_groups(*opened.sweeps, *picture, request, control));
    pushed_.put(key, pushed);
  }
  return shared(attribution::flows(*opened.sweeps, *picture, request, *pushed, control));
}

void GroupAnswers::serve(engine::Engine& engine) {
  const auto serve = [&]<class Q>(std::type_identity<Q>) {
    engine.answer_with<Q>([this](const Q& query, engine::Job& job) { return answer(query, job); });
  };
  serve(std::type_identity<Groups>{});
  serve(std::type_identity<TryK>{});
  serve(std::type_identity<Gradient>{});
  serve(std::type_identity<AttributeGroups>{});
  serve(std::type_identity<GroupFlow>{});
  serve(std::type_identity<CompatibleGroups>{});
}

}  // namespace tessera::session
