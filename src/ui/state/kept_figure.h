#pragma once

#include <memory>

#include "tessera/model/model_card.h"
#include "ui/state/selection.h"

namespace tessera::ui {

struct AppState;

// A view that was kept, to be looked at beside the present one: its picture, its network, what was selected
// and how it was shown. What is pointed at, pinned or asked about afterwards counts in both; what is opened
// or set, in the present one alone.
struct KeptFigure {
  std::shared_ptr<const AppState> shown;         // never null; keeps no other itself
  std::shared_ptr<const model::ModelCard> card;  // of its network; never null
  bool same_classes = true;                      // as the present network's
  Hovered hovered;                               // in it

  const AppState& state() const { return *shown; }
};

// Of what is shown now.
KeptFigure keep(const AppState& state, std::shared_ptr<const model::ModelCard> card);

// What is drawn of the figure that `live` keeps: the figure with what both share, which is what is hovered
// (unless it is a group, as those of another picture are others), the zoom, the theme and the lock of scales.
AppState state_of_kept(const AppState& live);

// What is hovered elsewhere, as far as a network has it. A place is one in every layer.
Hovered hovered_in(const Hovered& elsewhere, const model::ModelCard& card, bool same_classes);

// What a person has changed about the live selection is changed about the kept one, where its network has it.
void follow(KeptFigure& kept, const Selection& before, const Selection& after);

// A group that was clicked in the kept figure.
void pin_group(KeptFigure& kept, const GroupRef& group);

}  // namespace tessera::ui
