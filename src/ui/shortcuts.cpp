#include "ui/shortcuts.h"

#include <algorithm>

#include "ui/keys.h"
#include "ui/panels/layer_section.h"
#include "ui/views/contact_sheet.h"

namespace tessera::ui {
namespace {

// The layer above or below in the list as it is filtered now.
void step_layer(const AppState& state, Context& context, const model::ModelCard& card, int step) {
  const auto listed = filtered_layers(card, state.layer_filter);
  if (listed.empty()) return;
  const auto found = std::find_if(listed.begin(), listed.end(), [&](const model::LayerInfo* layer) {
    return layer->name == state.selection.layer;
  });
  const int last = int(listed.size()) - 1;
  const int next = found == listed.end() ? 0 : std::clamp(int(found - listed.begin()) + step, 0, last);
  context.emit(action::SelectLayer{listed[std::size_t(next)]->name});
}

// The channel before or after in the sheet's order, pinned.
void step_channel(const AppState& state, Context& context, const session::LayerActivations& activations,
                  int step) {
  const auto pinned = state.selection.pinned_channel;
  const int rank = pinned ? rank_of_channel(activations, state.sheet, *pinned) + step : 0;
  if (rank < 0 || rank >= activations.cube->channels) return;
  context.emit(action::PinChannel{channel_at_rank(activations, state.sheet, rank)});
}

void escape(const AppState& state, Context& context) {
  if (state.overlay != Overlay::none)
    context.emit(action::ShowOverlay{Overlay::none});
  else
    context.emit(action::Unpin{});
}

void toggle(const AppState& state, Context& context, Overlay overlay) {
  context.emit(action::ShowOverlay{state.overlay == overlay ? Overlay::none : overlay});
}

template <class Choice>
void flip(Choice& choice) {
  choice = choice == Choice(0) ? Choice(1) : Choice(0);
}

void sheet_keys(const AppState& state, Context& context) {
  SheetOptions options = state.sheet;
  if (pressed(Key::m)) options.sort = ChannelSort((int(options.sort) + 1) % 3);
  if (pressed(Key::s)) flip(options.scale);
  if (pressed(Key::c)) flip(options.sampling);
  if (options.sort != state.sheet.sort || options.scale != state.sheet.scale ||
      options.sampling != state.sheet.sampling)
    context.emit(action::SetSheet{options});
}

}  // namespace

std::vector<Shortcut> shortcuts() {
  return {{"← →", "pin the previous or next channel of the sheet"},
          {"↑ ↓", "previous or next layer"},
          {"Click", "pin a channel or a position; again to unpin"},
          {"Esc", "close what is open, else unpin"},
          {"Ctrl + wheel", "larger or smaller maps"},
          {"m", "sort channels by mean activation, by spread over the image, by index"},
          {"s", "one colour scale for the layer, or each channel on its own"},
          {"c", "heat maps as cells or smooth"},
          {"Ctrl + O", "open an image"},
          {"Ctrl + Shift + O", "open a model"},
          {"t", "light or dark"},
          {"h", "this list"}};
}

void handle_shortcuts(const AppState& state, Context& context, const model::ModelCard* card,
                      const session::LayerActivations* activations) {
  if (pressed(Key::escape)) escape(state, context);
  if (control_held()) {
    if (pressed(Key::o)) toggle(state, context, shift_held() ? Overlay::open_model : Overlay::open_image);
    if (const float wheel = ImGui::GetIO().MouseWheel; wheel != 0) {
      SheetOptions options = state.sheet;
      options.tile *= wheel > 0 ? 1.15f : 1 / 1.15f;
      context.emit(action::SetSheet{options});
    }
    return;
  }
  if (pressed(Key::h)) toggle(state, context, Overlay::shortcuts);
  if (state.overlay != Overlay::none) return;
  if (pressed(Key::t)) context.emit(action::ToggleTheme{});
  sheet_keys(state, context);
  if (card && pressed(Key::up)) step_layer(state, context, *card, -1);
  if (card && pressed(Key::down)) step_layer(state, context, *card, 1);
  if (activations && pressed(Key::left)) step_channel(state, context, *activations, -1);
  if (activations && pressed(Key::right)) step_channel(state, context, *activations, 1);
}

}  // namespace tessera::ui
