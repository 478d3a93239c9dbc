#include "ui/shortcuts.h"

#include <algorithm>

#include "ui/groups.h"
#include "ui/keys.h"
#include "ui/overlays/export_dialog.h"
#include "ui/panels/inspector.h"
#include "ui/panels/layer_section.h"
#include "ui/scene.h"
#include "ui/selected_atom.h"
#include "ui/views/catalogue.h"
#include "ui/views/contact_sheet.h"

namespace tessera::ui {
namespace {

// The layer above or below in the list as it is now.
void step_layer(const AppState& state, Context& context, const model::ModelCard& card, int step) {
  const auto listed = listed_layers(state, card);
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
  const auto pinned = state.selection.pinned_in(state.selection.layer);
  const int rank = pinned ? rank_of_channel(activations, state.sheet, *pinned) + step : 0;
  if (rank < 0 || rank >= activations.cube->channels) return;
  context.emit(action::PinChannel{{state.selection.layer, channel_at_rank(activations, state.sheet, rank)}});
}

// The pinned cell moves by one of the layer's cells; the first press pins the middle.
void step_place(const AppState& state, Context& context, const model::LayerInfo& layer, int down, int right) {
  Position cell{layer.height / 2, layer.width / 2};
  if (state.selection.pinned.place) {
    cell = cell_of(*state.selection.pinned.place, layer.height, layer.width);
    cell.y = std::clamp(cell.y + down, 0, layer.height - 1);
    cell.x = std::clamp(cell.x + right, 0, layer.width - 1);
  }
  const Place place = place_of(layer.name, cell, layer.height, layer.width);
  if (state.selection.pinned.place != place) context.emit(action::PinPlace{place});
}

// The next likelier or less likely class, as the objective or as what it is compared with.
void step_class(Context& context, const Scene& scene, bool compared, int step) {
  if (!scene.verdict || !scene.objective) return;
  const auto& classes = scene.verdict->classes;
  const int now = compared ? scene.objective->minus.value_or(scene.objective->plus) : scene.objective->plus;
  const auto found = std::ranges::find(classes, now, &model::ClassScore::index);
  int rank = int(found - classes.begin()) + step;
  if (rank < 0 || rank >= int(classes.size())) return;
  if (compared && classes[std::size_t(rank)].index == scene.objective->plus) rank += step;
  if (rank < 0 || rank >= int(classes.size())) return;
  context.emit(action::ChooseClass{classes[std::size_t(rank)].index, compared, scene.objective});
}

bool anything_pinned(const AppState& state) {
  return state.selection.pinned != Pinned{} || (state.kept && state.kept->state().selection.pinned.group);
}

void escape(const AppState& state, Context& context) {
  if (state.overlay != Overlay::none)
    context.emit(action::ShowOverlay{Overlay::none});
  else if (state.kept && !anything_pinned(state))
    context.emit(action::Release{});
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

bool shows_groups(const AppState& state) {
  return state.selection.view == ViewKind::groups || state.selection.view == ViewKind::flows;
}

// What groups are about, in turn: each alone, then all alike.
factorization::Objective next_objective(const factorization::Objective& now) {
  if (now == factorization::Objective{1, 0, 0}) return {0, 1, 0};
  if (now == factorization::Objective{0, 1, 0}) return {0, 0, 1};
  if (now == factorization::Objective{0, 0, 1}) return {1, 1, 1};
  return {1, 0, 0};
}

void group_keys(const AppState& state, Context& context) {
  GroupOptions options = state.groups;
  if (pressed(Key::k)) options.k += shift_held() ? -1 : 1;
  if (pressed(Key::g)) options.objective = next_objective(options.objective);
  if (pressed(Key::m)) options.order = GroupOrder((int(options.order) + 1) % 3);
  if (options != state.groups) context.emit(action::SetGroups{options});
  if (state.selection.view != ViewKind::flows) return;
  FlowOptions flows = state.flows;
  if (pressed(Key::c)) flows.compatible = !flows.compatible;
  if (pressed(Key::s)) flip(flows.height);
  if (flows != state.flows) context.emit(action::SetFlows{flows});
}

// The group before or after in the order of the view, pinned.
void step_group(const AppState& state, Context& context, const Scene& scene, int step) {
  const std::string& layer = state.selection.layer;
  const KnownGroups known = groups_of(state, context, scene, layer);
  if (!known.value) return;
  const auto& pinned = state.selection.pinned.group;
  std::optional<session::GroupContributions> contributions;
  const auto effects = effects_of_groups(state, context.engine, known.value).value;
  if (effects && scene.objective) contributions = contributions_to(*effects, *scene.objective);
  const std::vector<int> order = shown_order(*known.value, state.groups.order, contributions);
  int rank = 0;
  if (pinned && pinned->layer == layer)
    rank = int(std::ranges::find(order, pinned->group) - order.begin()) + step;
  if (rank >= 0 && rank < int(order.size()))
    context.emit(action::PinGroup{{layer, order[std::size_t(rank)]}});
}

void keep_or_do_without(const AppState& state, Context& context, const Scene& scene) {
  if (!shift_held())
    context.emit(action::KeepBeside{scene.card});
  else if (const auto removal = pinned_removal(state, context, scene))
    context.emit(action::DoWithout{removal, scene.card});
}

void arrow_keys(const AppState& state, Context& context, const Scene& scene) {
  const int down = int(pressed(Key::down)) - int(pressed(Key::up));
  const int right = int(pressed(Key::right)) - int(pressed(Key::left));
  if (down == 0 && right == 0) return;
  if (shift_held()) {
    if (scene.layer) step_place(state, context, *scene.layer, down, right);
    return;
  }
  if (down != 0) step_layer(state, context, *scene.card, down);
  if (right == 0) return;
  if (shows_groups(state)) {
    step_group(state, context, scene, right);
    return;
  }
  if (const auto activations = activations_of(scene, context.engine, state.selection.layer))
    step_channel(state, context, *activations, right);
}

}  // namespace

std::vector<Shortcut> shortcuts() {
  return {
      {"0 … 9, d", "choose a view"},
      {"← →", "pin the previous or next channel of the layer; of its groups where those are shown"},
      {"k, Shift + k", "one group more, one fewer"},
      {"Shift + arrows", "move the pinned position by a cell"},
      {"↑ ↓", "previous or next layer"},
      {"l", "show the layer side by side, or leave it out"},
      {"[ ]", "explain a likelier or less likely class; with Shift, compare with it"},
      {"Ctrl + click", "on a channel: pick it; the picture shows what all that are picked contribute"},
      {"Click", "pin a channel or a position, explain a class; with Ctrl, compare with it"},
      {"Esc", "close what is open, else unpin, else release the kept view"},
      {"Ctrl + Z, Ctrl + Shift + Z", "undo, redo what was selected"},
      {"a", "what the network does without it, beside what is predicted"},
      {"b, Shift + b", "keep this view beside what comes next; beside the network without what is pinned"},
      {"x", "stop computing what is missing, or go on"},
      {"v", "show a channel’s activation or its contribution on the picture"},
      {"Wheel, right drag", "zoom into picture and grids, move about in them"},
      {"Drag", "on the picture: count a rectangle of positions only"},
      {"Ctrl + wheel", "larger or smaller maps"},
      {"m",
       "sort channels by mean activation, by spread over the image, by index; groups as they stand in "
       "their view"},
      {"s",
       "one colour scale for the layer, or each channel on its own; flows: height by magnitude or "
       "contribution"},
      {"g", "groups by what is active, by gradients, by attributions, by all three"},
      {"c", "heat maps as cells or smooth; flows: groups on their own or compatible"},
      {"Ctrl + O", "open an image"},
      {"Ctrl + Shift + O", "open a model"},
      {"Ctrl + E", "export this view as a picture"},
      {"Ctrl + Shift + C", "copy this view as a Python script that computes its numbers again"},
      {"i", "fold the inspector to the window’s edge, or show it again"},
      {"t", "light or dark"},
      {"h", "this list"}};
}

void handle_shortcuts(const AppState& state, Context& context) {
  if (pressed(Key::escape)) escape(state, context);
  if (control_held()) {
    if (pressed(Key::o)) toggle(state, context, shift_held() ? Overlay::open_model : Overlay::open_image);
    if (pressed(Key::e) && state.image && state.model) toggle(state, context, Overlay::export_figure);
    if (state.overlay != Overlay::none) return;
    if (shift_held() && pressed(Key::c) && state.image && state.model)
      context.emit(action::Export{suggested_script(state), ExportKind::python});
    if (pressed(Key::z)) context.emit(shift_held() ? Action(action::Redo{}) : Action(action::Undo{}));
    if (pressed(Key::y)) context.emit(action::Redo{});
    if (const float wheel = ImGui::GetIO().MouseWheel;
        wheel != 0 && state.selection.view == ViewKind::sheet) {
      SheetOptions options = state.sheet;
      options.tile *= wheel > 0 ? 1.15f : 1 / 1.15f;
      context.emit(action::SetSheet{options});
    }
    return;
  }
  if (pressed(Key::h)) toggle(state, context, Overlay::shortcuts);
  if (state.overlay != Overlay::none) return;
  if (pressed(Key::t)) context.emit(action::ToggleTheme{});
  if (pressed(Key::i)) fold_inspector(state, context);
  for (const ViewEntry& entry : views())
    if (pressed(entry.key)) context.emit(action::ChooseView{entry.kind});
  if (pressed(Key::x)) context.emit(action::HoldWork{!state.work_held});
  if (pressed(Key::a)) context.emit(action::ToggleAblation{});
  if (pressed(Key::v)) {
    AttributionOptions options = state.attribution;
    flip(options.map);
    context.emit(action::SetAttribution{options});
  }
  if (shows_groups(state))
    group_keys(state, context);
  else
    sheet_keys(state, context);
  const auto scene = scene_of(state, context.engine);
  if (!scene) return;
  if (pressed(Key::b)) keep_or_do_without(state, context, *scene);
  if (pressed(Key::left_bracket)) step_class(context, *scene, shift_held(), -1);
  if (pressed(Key::right_bracket)) step_class(context, *scene, shift_held(), 1);
  if (pressed(Key::l)) context.emit(action::ToggleShownLayer{state.selection.layer, names_of(scene->layers)});
  arrow_keys(state, context, *scene);
}

}  // namespace tessera::ui
