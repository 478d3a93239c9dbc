#pragma once

#include <string>

#include "tessera/figure/setting.h"
#include "tessera/model/model_card.h"
#include "ui/state/app_state.h"

namespace tessera::ui {

// What a view shows, in the words of the catalogue of figures, both ways: `apply_settings` of what
// `settings_of` gives leaves a state that shows the same. What the settings leave out becomes as usual.
// `card`: of the model that is shown. Throws Error where the model has no such layer or class.
void apply_settings(AppState& state, const std::string& figure, const figure::Settings& settings,
                    const model::ModelCard& card);
figure::Settings settings_of(const AppState& state, const std::string& figure, const model::ModelCard& card);

}  // namespace tessera::ui
