#include "app/window/memory.h"

namespace tessera::app {

ui::AppState state_from(const Settings& settings, const WindowOptions& options) {
  ui::AppState state;
  state.pending_image = options.image;
  state.pending_model = options.model;
  state.opening_figure = options.figure;
  state.bundled = options.data.all();
  state.theme = options.theme.value_or(settings.dark_theme ? ui::ThemeChoice::dark : ui::ThemeChoice::light);
  state.recent_images = settings.recent_images;
  state.recent_models = settings.recent_models;
  state.known_preprocessing = settings.preprocessing;
  // A screenshot shows the same, whatever somebody folded last.
  if (!options.screenshot) state.panels = settings.panels;
  for (const auto& [name, value] : options.show) ui::set_from_text(state, name, value);
  if (!options.show.empty()) state.restored = state.selection;
  if (options.figure)
    for (const ui::OpeningView& view : options.figure->views)
      state.known_preprocessing.emplace(view.made.model.hash,
                                        model::preprocessing_from_text(view.made.preprocessing));
  return state;
}

Settings settings_from(const ui::AppState& state, const WindowSize& size) {
  Settings settings;
  settings.recent_images = state.recent_images;
  settings.recent_models = state.recent_models;
  settings.dark_theme = state.theme == ui::ThemeChoice::dark;
  settings.window = {size.width, size.height};
  settings.panels = state.panels;
  settings.preprocessing = state.known_preprocessing;
  return settings;
}

}  // namespace tessera::app
