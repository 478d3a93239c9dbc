#include "session/attribution_answers.h"

#include <memory>
#include <type_traits>

#include "session/job_control.h"
#include "tessera/session/attribution_queries.h"

namespace tessera::session {

void AttributionAnswers::serve(engine::Engine& engine) {
  // `run`: (model, sweeps, picture, request, control) -> result.
  const auto serve = [&]<class Q>(std::type_identity<Q>, auto run) {
    engine.answer_with<Q>([this, run](const Q& query, engine::Job& job) {
      const std::shared_ptr<const Image> picture = images_.open(query.image);
      job.throw_if_cancelled();
      const AttributableModel opened =
          models_.open_attributable(query.model, *picture, job, model_load_share);
      job.throw_if_cancelled();
      return std::make_shared<const typename Q::Result>(
          run(*opened.model, *opened.sweeps, *picture, query.request, control_of(job)));
    });
  };
  serve(std::type_identity<Attribute>{},
        [](auto&, auto& sweeps, const auto&... rest) { return attribution::attribute(sweeps, rest...); });
  serve(std::type_identity<RuleDifference>{}, [](auto&, auto& sweeps, const auto&... rest) {
    return attribution::rule_difference(sweeps, rest...);
  });
  serve(std::type_identity<AssessTrust>{},
        [](auto&, auto& sweeps, const auto&... rest) { return attribution::assess_trust(sweeps, rest...); });
  serve(std::type_identity<AttributeAllClasses>{}, [](auto& model, auto& sweeps, const auto&... rest) {
    return attribution::all_classes(sweeps, model, rest...);
  });
  serve(std::type_identity<LayerToLayer>{}, [](auto& model, auto& sweeps, const auto&... rest) {
    return attribution::layer_to_layer(sweeps, model.card(), rest...);
  });
  serve(std::type_identity<Flows>{},
        [](auto&, auto& sweeps, const auto&... rest) { return attribution::flows(sweeps, rest...); });
}

}  // namespace tessera::session
