#pragma once

#include <memory>

#include "tessera/model/model_card.h"
#include "tessera/session/removal.h"
#include "ui/state/selection.h"

// What may be asked to be changed about views beside each other: one struct a change.
namespace tessera::ui::action {

struct KeepBeside {
  std::shared_ptr<const model::ModelCard> card;  // of the present model
};                                               // the present view, to compare with; again: releases it
struct Release {};  // the kept view; what the present network did without is back in it
struct DoWithout {
  std::shared_ptr<const session::Removal> removal;
  std::shared_ptr<const model::ModelCard> card;  // of the present model
};  // the present network goes on without an atom, beside the view of what it was
struct HoverKept {
  Hovered hovered;
};
struct PinKeptGroup {
  GroupRef group;
};  // again: unpins

}  // namespace tessera::ui::action
