#pragma once

#include "ui/state/action.h"
#include "ui/state/app_state.h"

namespace tessera::ui {

// The cases of `update` that are about figures in files.
void apply(AppState& state, const action::SetExport& set);
void apply(AppState& state, const action::Export& chosen);
void apply(AppState& state, const action::Exported& done);
void apply(AppState& state, const action::ExportFailed& failed);
void apply(AppState& state, const action::CancelExport& cancel);
void apply(AppState& state, const action::OpenFigure& open);
void apply(AppState& state, const action::FigureRead& read);
void apply(AppState& state, const action::FigureImageFound& found);
void apply(AppState& state, const action::FigureModelFound& found);
void apply(AppState& state, const action::AskForFigureFile& ask);
void apply(AppState& state, const action::ChooseForFigure& choose);
void apply(AppState& state, const action::RestoreFigure& restore);
void apply(AppState& state, const action::FigureFailed& failed);
void apply(AppState& state, const action::ForgetFigure& forget);

// Adds a message; the same sentence twice helps nobody: the newer one takes the older one's place.
void show(AppState& state, MessageKind kind, const std::string& text);

}  // namespace tessera::ui
