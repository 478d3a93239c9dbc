#include "tessera/attribution/all_classes.h"

#include <array>
#include <utility>

#include "attribution/methods/along.h"

namespace tessera::attribution {

AllClasses all_classes(Sweeps& sweeps, model::Model& model, const Image& picture,
                       const AllClassesRequest& request, const Control& control) {
  control.throw_if_cancelled();
  Source source{request.layer, request.atoms, nullptr, {}};
  set_path(sweeps, picture, source, request.baseline, request.steps);
  Target logits;
  logits.classes = request.classes;
  const std::array targets{std::move(logits)};
  AllClasses result;
  result.classes = request.classes;
  Sweep sweep = sweeps.effects(picture, source, targets, request.rules, control);
  result.effects = std::move(sweep.effects.at(0));
  result.note = std::move(sweep.note);
  result.logits = sweeps.logits(picture);
  const auto cube = sweeps.activations(picture, request.layer);
  control.throw_if_cancelled();
  const std::array baseline{baseline_of(*cube, request.baseline)};
  result.baseline_logits = model.run_from(request.layer, baseline, picture).at(0);
  return result;
}

}  // namespace tessera::attribution
