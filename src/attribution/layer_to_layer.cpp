#include "tessera/attribution/layer_to_layer.h"

#include <array>

#include "attribution/methods/along.h"
#include "tessera/base/error.h"

namespace tessera::attribution {
namespace {

std::ptrdiff_t place_of(const model::ModelCard& card, const std::string& layer) {
  if (const model::LayerInfo* found = card.find_layer(layer)) return found - card.layers.data();
  throw Error("the model has no layer \"" + layer + "\"", card.name, "`tessera inspect` lists its layers");
}

bool other_is_earlier(const model::ModelCard& card, const LayerToLayerRequest& request) {
  const std::ptrdiff_t here = place_of(card, request.layer);
  if (request.other.empty()) return false;
  const std::ptrdiff_t there = place_of(card, request.other);
  if (here == there)
    throw Error("a layer does not act on itself", request.layer, "Choose an earlier or a later one");
  return there < here;
}

// The gradient of an objective at the later layer, on a path of its own.
std::shared_ptr<const Cube> weights_of(Sweeps& sweeps, const Image& picture, const std::string& layer,
                                       const LayerToLayerRequest& request, const Control& control,
                                       MethodNote& note) {
  if (!request.towards || layer.empty()) return nullptr;
  if (request.steps > 0)
    return path_gradient(sweeps, picture, layer, *request.towards, request.rules, request.baseline,
                         request.steps, control, note)
        .gradient;
  const std::array layers{layer};
  Pullback pullback = sweeps.pullback(picture, *request.towards, layers, request.rules, control);
  merge(note, pullback.note);
  return pullback.layers.at(0).gradient;
}

}  // namespace

LayerToLayer layer_to_layer(Sweeps& sweeps, const model::ModelCard& card, const Image& picture,
                            const LayerToLayerRequest& request, const Control& control) {
  control.throw_if_cancelled();
  LayerToLayer result;
  result.other_is_earlier = other_is_earlier(card, request);
  const bool turned = result.other_is_earlier;
  const std::string& later = turned ? request.layer : request.other;
  Source source{
      turned ? request.other : request.layer, turned ? request.other_atoms : request.atoms, nullptr, {}};
  set_path(sweeps, picture, source, request.baseline, request.steps);
  const float start = request.towards && !later.empty() ? 0.4f : 0.0f;
  const std::array targets{
      Target{later, turned ? request.atoms : request.other_atoms,
             weights_of(sweeps, picture, later, request, part_of(control, 0, start), result.note)}};
  Sweep sweep = sweeps.effects(picture, source, targets, request.rules, part_of(control, start, 1));
  result.effects = std::move(sweep.effects.at(0));
  merge(result.note, sweep.note);
  return result;
}

}  // namespace tessera::attribution
