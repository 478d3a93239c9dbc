#include "tessera/attribution/all_classes.h"

#include <algorithm>
#include <array>
#include <utility>

#include "attribution/methods/along.h"

namespace tessera::attribution {

std::optional<std::size_t> AllClasses::row_of(int class_index) const {
  if (classes.empty()) {
    const bool is_one = class_index >= 0 && std::size_t(class_index) < effects.targets;
    return is_one ? std::optional(std::size_t(class_index)) : std::nullopt;
  }
  const auto found = std::ranges::find(classes, class_index);
  if (found == classes.end()) return std::nullopt;
  return std::size_t(found - classes.begin());
}

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
