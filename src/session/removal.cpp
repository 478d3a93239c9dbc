#include "tessera/session/removal.h"

#include <span>
#include <utility>

#include "tessera/base/content_hash.h"
#include "tessera/base/error.h"

namespace tessera::session {
namespace {

// The sum of the atoms' parts of a cube that is `value` everywhere.
Cube sum_of_parts(const attribution::Atoms& atoms, const model::LayerInfo& layer, float value) {
  Cube whole(layer.height, layer.width, layer.channels);
  whole.values.assign(whole.values.size(), value);
  Cube sum(layer.height, layer.width, layer.channels);
  const std::size_t count = attribution::count(atoms, layer.height, layer.width, layer.channels);
  for (std::size_t i = 0; i < count; ++i) {
    const Cube part = attribution::part(whole, atoms, i);
    for (std::size_t at = 0; at < sum.values.size(); ++at) sum.values[at] += part.values[at];
  }
  return sum;
}

}  // namespace

std::shared_ptr<const Removal> removal_of(std::string layer, attribution::Atoms atoms, std::string name) {
  ContentHash hash;
  const std::string text = layer + '\n' + attribution::to_json(atoms);
  hash.add(std::as_bytes(std::span(text)));
  return std::make_shared<const Removal>(
      Removal{std::move(layer), std::move(atoms), std::move(name), hash.text()});
}

model::LayerChange change_of(const Removal& removal, const model::LayerInfo& layer) {
  attribution::check(removal.atoms, layer.height, layer.width, layer.channels, removal.layer);
  model::LayerChange change;
  change.layer = removal.layer;
  if (const auto* groups = std::get_if<attribution::GroupCubes>(&removal.atoms)) {
    if (groups->residual)
      throw Error("what no group explains is another for each picture: a network cannot do without it");
    change.minus = sum_of_parts(removal.atoms, layer, 0);
  } else {
    change.factor = sum_of_parts(removal.atoms, layer, 1);
    for (float& share : change.factor.values) share = 1 - share;
  }
  return change;
}

}  // namespace tessera::session
