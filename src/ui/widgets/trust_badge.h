#pragma once

#include <optional>
#include <string>

#include "ui/scene.h"
#include "ui/widgets/view_header.h"

namespace tessera::attribution {
struct Attribution;
}

namespace tessera::ui {

// Whether an attribution is to be believed, in a few words for a view's head: how much of the true change its
// sum explains, and whether the methods agree on the order of the strongest channels; a click opens the
// detail. `known` is null while it is on its way, and while all there is of it is provisional. Nothing while
// there is no objective.
std::optional<HeaderBadge> trust_badge(const AppState& state, Context& context, const Scene& scene,
                                       const std::string& layer, const attribution::Attribution* known);

// The detail: sums against the true change, and the strongest channels by every method side by side.
void trust_detail(const AppState& state, Context& context, const Rect& window);

}  // namespace tessera::ui
