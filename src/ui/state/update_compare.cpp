#include "ui/state/update_compare.h"

namespace tessera::ui {

void apply(AppState& state, const action::KeepBeside& beside) {
  if (state.kept)
    apply(state, action::Release{});
  else if (state.image && state.model && beside.card)
    state.kept = keep(state, beside.card);
}

void apply(AppState& state, const action::Release&) {
  state.kept.reset();
  if (state.pending_model) state.pending_model->without = nullptr;
  if (!state.pending_model && state.model && state.model->without)
    state.pending_model = session::intact(*state.model);
}

void apply(AppState& state, const action::DoWithout& without) {
  if (!state.image || !state.model || !without.removal || !without.card) return;
  if (!state.kept) state.kept = keep(state, without.card);
  state.pending_model = state.model;
  state.pending_model->without = without.removal;
}

void apply(AppState& state, const action::HoverKept& hover) {
  if (state.kept) state.kept->hovered = hover.hovered;
}

void apply(AppState& state, const action::PinKeptGroup& pin) {
  if (state.kept) pin_group(*state.kept, pin.group);
}

void tell_kept(AppState& state, const model::ModelCard& card) {
  if (state.kept)
    state.kept->same_classes =
        card.classes == state.kept->card->classes && card.labels == state.kept->card->labels;
}

}  // namespace tessera::ui
