#pragma once

#include <optional>

#include "tessera/session/matching_queries.h"
#include "ui/scene.h"

namespace tessera::ui {

// How the layer of one network is matched with the layer of the same name in the one beside it, on both
// pictures; nothing where they are the same network or the layer is missing in one. `kept` and `live`: what
// both halves show.
std::optional<session::MatchChannels> match_query(const AppState& live, const AppState& kept,
                                                  engine::Engine& engine, const std::string& layer);

// A line about the channel of the other network that fires like this one, at the cursor; none where there is
// nothing to match.
void matched_channel_fact(const AppState& state, Context& context, const ChannelRef& channel);

}  // namespace tessera::ui
