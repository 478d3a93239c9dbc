#pragma once

#include "tessera/session/queries.h"
#include "ui/context.h"

namespace tessera::ui {

// Every channel of a layer as a small heat map, sorted as the options say; hover and click select channels,
// and the selected position is marked in each.
void contact_sheet(const AppState& state, Context& context, const session::LayerActivations& activations,
                   const Rect& where);

// The order in which the sheet shows channels.
int channel_at_rank(const session::LayerActivations& activations, const SheetOptions& options, int rank);
int rank_of_channel(const session::LayerActivations& activations, const SheetOptions& options, int channel);

}  // namespace tessera::ui
