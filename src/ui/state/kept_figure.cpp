#include "ui/state/kept_figure.h"

#include <utility>

#include "ui/state/app_state.h"
#include "ui/state/fitting.h"

namespace tessera::ui {
namespace {

void change_selection(KeptFigure& kept, Selection selection) {
  if (selection == kept.state().selection) return;
  auto changed = std::make_shared<AppState>(kept.state());
  changed->selection = std::move(selection);
  kept.shown = std::move(changed);
}

}  // namespace

KeptFigure keep(const AppState& state, std::shared_ptr<const model::ModelCard> card) {
  auto shown = std::make_shared<AppState>(state);
  shown->kept.reset();
  shown->selection.hovered = {};
  shown->history.clear();
  shown->restored.reset();
  shown->pending_image.reset();
  shown->pending_model.reset();
  shown->overlay = Overlay::none;
  shown->messages.clear();
  shown->exports = {};
  shown->opening_figure.reset();
  shown->recent_images.clear();
  shown->recent_models.clear();
  shown->bundled.clear();
  shown->known_preprocessing.clear();
  return {std::move(shown), std::move(card), true, {}};
}

AppState state_of_kept(const AppState& live) {
  const KeptFigure& kept = *live.kept;
  AppState shown = kept.state();
  shown.theme = live.theme;
  shown.zoom = live.zoom;
  shown.attribution.one_scale = live.attribution.one_scale;
  shown.selection.hovered = kept.hovered == Hovered{}
                                ? hovered_in(live.selection.hovered, *kept.card, kept.same_classes)
                                : kept.hovered;
  return shown;
}

Hovered hovered_in(const Hovered& elsewhere, const model::ModelCard& card, bool same_classes) {
  Hovered here;
  if (elsewhere.channel && exists(card, *elsewhere.channel)) here.channel = elsewhere.channel;
  here.place = elsewhere.place;
  if (here.place && !card.find_layer(here.place->layer)) here.place.reset();
  if (same_classes) here.class_index = elsewhere.class_index;
  return here;
}

void follow(KeptFigure& kept, const Selection& before, const Selection& after) {
  Selection selection = kept.state().selection;
  const Selection here = fitting(after, *kept.card, selection);
  // What its network lacks is not pinned there, and takes nothing's place.
  const auto follow_pin = [&]<class Pin>(Pin Pinned::*what) {
    if (before.pinned.*what == after.pinned.*what) return;
    if (here.pinned.*what != Pin{} || after.pinned.*what == Pin{}) selection.pinned.*what = here.pinned.*what;
  };
  follow_pin(&Pinned::channel);
  follow_pin(&Pinned::place);
  follow_pin(&Pinned::region);
  follow_pin(&Pinned::picked);
  if (kept.same_classes && before.objective != after.objective) selection.objective = here.objective;
  change_selection(kept, std::move(selection));
}

void pin_group(KeptFigure& kept, const GroupRef& group) {
  Selection selection = kept.state().selection;
  auto& pinned = selection.pinned.group;
  pinned = pinned == group ? std::nullopt : std::optional(group);
  change_selection(kept, std::move(selection));
}

}  // namespace tessera::ui
