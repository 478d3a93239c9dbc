#pragma once

#include "ui/numbers/number_sheet.h"

// What each figure's numbers are. All of them are called only once the model is open and the picture has been
// classified.
namespace tessera::ui {

// Of what layers do with the picture.
void collect_overview(NumberSheet& sheet);
void collect_dictionary(NumberSheet& sheet);
void collect_grids(NumberSheet& sheet);
void collect_cube(NumberSheet& sheet);
void collect_sheet(NumberSheet& sheet);
void collect_layers(NumberSheet& sheet);  // where nothing more is known of a figure

// Of who contributes to what.
void collect_spatial(NumberSheet& sheet);
void collect_channels(NumberSheet& sheet);
void collect_comparison(NumberSheet& sheet);

// Of groups.
void collect_groups(NumberSheet& sheet);
void collect_flows(NumberSheet& sheet);

// Groups of the layer that is looked at, without what they contribute.
void add_groups_of_layer(NumberSheet& sheet);

// What contributions are measured with: STEPS and JUDGED, and the part of the script that takes gradients.
void add_method(NumberSheet& sheet);
// PLUS and MINUS, and what they are.
void add_objective(NumberSheet& sheet, const ObjectiveChoice& objective);

}  // namespace tessera::ui
