#pragma once

#include "ui/flow_plan.h"
#include "ui/groups.h"

namespace tessera::ui {

// Flows between the groups of the layers that are shown, as far as they are known.
struct KnownFlows {
  FlowInputs inputs;         // `groups` only where they are there for every layer
  bool provisional = false;  // linear, while the paths' are on their way; or between groups that may change
  std::shared_ptr<const session::GroupChain> chain;  // where they are compatible
  engine::Progress progress;
  std::shared_ptr<const Error> error;

  Certainty certainty() const { return {provisional, progress, error}; }
};
KnownFlows flows_of(const AppState& state, Context& context, const Scene& scene, int most_classes);

}  // namespace tessera::ui
