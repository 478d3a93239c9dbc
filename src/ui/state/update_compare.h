#pragma once

#include "ui/state/action.h"

namespace tessera::ui {

// The part of `update` (ui/state/update.h) that is about views beside each other.
void apply(AppState& state, const action::KeepBeside& keep);
void apply(AppState& state, const action::Release&);
void apply(AppState& state, const action::DoWithout& without);
void apply(AppState& state, const action::HoverKept& hover);
void apply(AppState& state, const action::PinKeptGroup& pin);

// The model that is now beside the kept figure: whether its classes are the same.
void tell_kept(AppState& state, const model::ModelCard& card);

}  // namespace tessera::ui
