#pragma once

#include "tessera/model/model_card.h"
#include "ui/state/selection.h"

namespace tessera::ui {

bool exists(const model::ModelCard& card, const ChannelRef& channel);

// Another model has other layers: a figure is kept as a sentence about whichever are shown.
void name_no_layers(figure::FigureSpec& spec);

// What was looked at in another network, less what this one does not have. `present`: what to look at instead
// of a layer that it lacks.
Selection fitting(Selection wanted, const model::ModelCard& card, const Selection& present);

}  // namespace tessera::ui
