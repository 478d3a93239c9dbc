#pragma once

#include <string>

#include "tessera/engine/query.h"
#include "tessera/featurevis/icon.h"
#include "tessera/featurevis/icon_objective.h"
#include "tessera/featurevis/recipe.h"
#include "tessera/session/references.h"

// What may be asked about icons.
namespace tessera::session {

// One icon: from a bundled pack, else from the store, else rendered, several of a layer at a time, with
// previews. Until then its answer holds a preview where there is one.
struct RenderIcon {
  using Result = featurevis::Icon;
  static constexpr engine::Lane lane = engine::Lane::inference;
  ModelRef model;
  featurevis::IconSubject subject;
  featurevis::Recipe recipe;
  std::string key() const;
};

}  // namespace tessera::session
