#pragma once

#include <string>
#include <vector>

#include "tessera/model/layer.h"
#include "ui/context.h"

namespace tessera::ui {

// Wherever layers are listed: a click chooses one, with Ctrl it is shown side by side with those that are
// `shown`, or left out.
void click_layer(Context& context, const std::string& layer, const std::vector<std::string>& shown);

// What there is to know of a layer, and what clicks do.
void layer_tooltip(const model::LayerInfo& layer, bool is_shown);

std::string shape_text(const model::LayerInfo& layer);  // "14×14×672"

}  // namespace tessera::ui
