#include "app/find_layer.h"

#include <vector>

#include "app/nearest_names.h"
#include "tessera/base/error.h"

namespace tessera::app {

const model::LayerInfo& find_layer(const model::ModelCard& card, const std::string& name,
                                   const std::string& option) {
  if (const model::LayerInfo* found = card.find_layer(name)) return *found;
  std::vector<std::string> names;
  for (const model::LayerInfo& known : card.layers) names.push_back(known.name);
  const std::vector<std::string> nearest = nearest_names(name, names);
  throw Error("there is no layer '" + name + "' in " + card.name, option,
              nearest.empty() ? "`tessera inspect` lists the layers"
                              : "Did you mean " + joined_with_or(nearest) + "?");
}

}  // namespace tessera::app
