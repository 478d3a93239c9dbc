#include "ui/state/update.h"

#include <algorithm>
#include <utility>

#include "ui/state/fitting.h"
#include "ui/state/update_compare.h"
#include "ui/state/update_figure.h"

namespace tessera::ui {
namespace {

constexpr std::size_t most_recent_files = 8;

void remember(std::vector<std::filesystem::path>& recent, const std::filesystem::path& file) {
  recent.erase(std::remove(recent.begin(), recent.end(), file), recent.end());
  recent.insert(recent.begin(), file);
  if (recent.size() > most_recent_files) recent.resize(most_recent_files);
}

// The middle of the suggested layers: far enough up to show patterns, fine enough to show where.
std::string first_layer(const model::ModelCard& card) {
  std::vector<const model::LayerInfo*> suggested;
  for (const model::LayerInfo& layer : card.layers)
    if (layer.suggested) suggested.push_back(&layer);
  if (!suggested.empty()) return suggested[suggested.size() / 2]->name;
  return card.layers.empty() ? std::string() : card.layers.back().name;
}

Selection fresh_selection(const model::ModelCard& card, ViewKind view, const figure::FigureSpec& spec) {
  Selection fresh;
  fresh.view = view;
  fresh.spec = spec;
  name_no_layers(fresh.spec);
  fresh.layer = first_layer(card);
  return fresh;
}

void apply(AppState& state, const action::OpenImage& open) {
  state.pending_image = session::ImageRef{session::stamp(open.file)};
  state.overlay = Overlay::none;
}

void apply(AppState& state, const action::OpenModel& open) {
  session::ModelRef chosen{session::stamp(open.file), std::nullopt, model::DeviceChoice::automatic};
  if (state.model) chosen.device = state.model->device;
  state.pending_model = chosen;
  state.overlay = Overlay::none;
}

// Groups that are asked for from now on continue those on screen.
void continue_groups(AppState& state) { state.group_memory.before = state.group_memory.shown; }
void continue_groups_of_gradients(AppState& state) {
  if (!state.groups.objective.only_activations()) continue_groups(state);
}

void apply(AppState& state, const action::ImageOpened&) {
  if (!state.pending_image) return;
  continue_groups(state);
  state.image = std::exchange(state.pending_image, std::nullopt);
  remember(state.recent_images, state.image->file.path);
}

// What is compared in another network stays selected in this one where it has it.
Selection beside_kept(const AppState& state, const model::ModelCard& card, const Selection& fresh) {
  Selection selection = fitting(state.selection, card, fresh);
  selection.pinned.group.reset();
  if (!state.kept->same_classes) selection.objective.reset();
  return selection;
}

void apply(AppState& state, const action::ModelOpened& opened) {
  if (!state.pending_model) return;
  const bool same_file = state.model && state.model->file == state.pending_model->file;
  tell_kept(state, opened.card);
  const bool same_parts = state.model && state.model->without == state.pending_model->without;
  const bool chosen_preprocessing = state.pending_model->preprocessing.has_value();
  state.model = std::exchange(state.pending_model, std::nullopt);
  remember(state.recent_models, state.model->file.path);
  if (!same_file || !opened.card.find_layer(state.selection.layer)) {
    Selection fresh = fresh_selection(opened.card, state.selection.view, state.selection.spec);
    state.selection = state.kept ? beside_kept(state, opened.card, fresh) : fresh;
    state.history.clear();
    state.layer_filter.clear();
    state.group_memory = {};
  } else if (!same_parts) {
    continue_groups(state);
    state.selection.pinned.group.reset();  // the groups of what is left are others
  }
  if (const auto restored = std::exchange(state.restored, std::nullopt))
    state.selection = fitting(*restored, opened.card, state.selection);
  state.model_hash = opened.card.hash;
  if (opened.card.preprocessing_source != model::PreprocessingSource::assumed || chosen_preprocessing) return;
  if (const auto known = state.known_preprocessing.find(state.model_hash);
      known != state.known_preprocessing.end()) {
    state.pending_model = state.model;
    state.pending_model->preprocessing = known->second;
  } else {
    state.overlay = Overlay::preprocessing;
  }
}

void apply(AppState& state, const action::ImageFailed& failed) {
  state.pending_image.reset();
  show(state, MessageKind::error, failed.why);
}

void apply(AppState& state, const action::ModelFailed& failed) {
  state.pending_model.reset();
  show(state, MessageKind::error, failed.why);
}

void apply(AppState& state, const action::SetPreprocessing& set) {
  state.overlay = Overlay::none;
  if (!state.model) return;
  state.pending_model = state.model;
  state.pending_model->preprocessing = set.preprocessing;
  if (!state.model_hash.empty()) state.known_preprocessing[state.model_hash] = set.preprocessing;
}

// Pins stay: they name their layer, and a place is a place in every layer.
void apply(AppState& state, const action::SelectLayer& select) {
  if (state.selection.layer == select.layer) return;
  state.selection.layer = select.layer;
  state.selection.hovered = {};
}

void apply(AppState& state, const action::ChooseView& choose) {
  state.selection.view = choose.view;
  state.selection.hovered = {};
}

// The last one stays: a view of no layers shows nothing.
void apply(AppState& state, const action::ToggleShownLayer& toggle) {
  std::vector<std::string> shown = toggle.shown;
  if (std::erase(shown, toggle.layer) == 0) shown.push_back(toggle.layer);
  if (!shown.empty()) state.selection.layers = std::move(shown);
}

void apply(AppState& state, const action::Hover& hover) { state.selection.hovered = hover.hovered; }

template <class T>
void toggle(std::optional<T>& pinned, const T& wanted) {
  if (pinned == wanted)
    pinned.reset();
  else
    pinned = wanted;
}

void apply(AppState& state, const action::PinChannel& pin) {
  toggle(state.selection.pinned.channel, pin.channel);
}

void apply(AppState& state, const action::PickChannel& pick) {
  PickedChannels& picked = state.selection.pinned.picked;
  if (picked.layer != pick.channel.layer) picked = {pick.channel.layer, {}};
  const auto at = std::ranges::lower_bound(picked.channels, pick.channel.channel);
  if (at != picked.channels.end() && *at == pick.channel.channel)
    picked.channels.erase(at);
  else
    picked.channels.insert(at, pick.channel.channel);
  if (picked.channels.empty()) picked = {};
}

void apply(AppState& state, const action::PinGroup& pin) { toggle(state.selection.pinned.group, pin.group); }

void apply(AppState& state, const action::PinPlace& pin) {
  state.selection.pinned.region.reset();
  toggle(state.selection.pinned.place, pin.place);
}

void apply(AppState& state, const action::PinRegion& pin) {
  state.selection.pinned.place.reset();
  state.selection.pinned.region = pin.region;
}

void apply(AppState& state, const action::ChooseClass& choose) {
  continue_groups_of_gradients(state);
  std::optional<ObjectiveChoice>& objective = state.selection.objective;
  std::optional<ObjectiveChoice> now = objective ? objective : choose.shown;
  if (choose.compare && now) {
    if (now->plus == choose.index) return;
    toggle(now->minus, choose.index);
    objective = now;
  } else if (objective && objective->plus == choose.index && !objective->minus) {
    objective.reset();
  } else {
    objective = ObjectiveChoice{choose.index, std::nullopt};
  }
}

void apply(AppState& state, const action::Unpin&) {
  state.selection.pinned = {};
  if (state.kept && state.kept->state().selection.pinned.group)
    pin_group(*state.kept, *state.kept->state().selection.pinned.group);
}

void go_to(AppState& state, std::optional<Selection> selection) {
  if (selection) state.selection = std::move(*selection);
}
void apply(AppState& state, const action::Undo&) { go_to(state, state.history.undo(state.selection)); }
void apply(AppState& state, const action::Redo&) { go_to(state, state.history.redo(state.selection)); }

void apply(AppState& state, const action::SetAttribution& set) {
  continue_groups_of_gradients(state);
  state.attribution = set.options;
}

void apply(AppState& state, const action::ToggleAblation&) { state.show_ablation = !state.show_ablation; }

void apply(AppState& state, const action::SetZoom& set) { state.zoom = clamped(set.zoom); }

void apply(AppState& state, const action::SetBasis& set) { state.basis = set.basis; }

void apply(AppState& state, const action::SetSpatial& set) {
  state.spatial = set.options;
  state.spatial.factors = std::clamp(state.spatial.factors, 2, 6);
}

void apply(AppState& state, const action::SetGrids& set) { state.grids = set.options; }

void apply(AppState& state, const action::SetCube& set) {
  state.cube = set.options;
  state.cube.turn = (state.cube.turn % 360 + 360) % 360;
  state.cube.tilt = std::clamp(state.cube.tilt, 5, 85);
}

void apply(AppState& state, const action::SetBrush& set) { state.brush = set.brush; }

void apply(AppState& state, const action::SetSpec& set) {
  if (!figure::objection(set.spec.elements)) state.selection.spec = set.spec;
}

void apply(AppState& state, const action::SetGroups& set) {
  const GroupOptions options = sensible(set.options);
  if (options.k != state.groups.k || options.objective != state.groups.objective) continue_groups(state);
  if (state.selection.pinned.group && state.selection.pinned.group->group >= options.k)
    state.selection.pinned.group.reset();
  state.groups = options;
}

void apply(AppState& state, const action::SetFlows& set) {
  if (set.options.compatible != state.flows.compatible) continue_groups(state);
  state.flows = set.options;
}

void apply(AppState& state, const action::GroupsShown& shown) {
  state.group_memory.shown[shown.groups->layer] = shown.groups;
}

void apply(AppState& state, const action::SetSheet& set) {
  state.sheet = set.options;
  state.sheet.tile = std::clamp(state.sheet.tile, 24.0f, 256.0f);
}

void apply(AppState& state, const action::SetLayerFilter& set) { state.layer_filter = set.text; }

void apply(AppState& state, const action::SetPanels& set) { state.panels = sensible(set.panels); }

void apply(AppState& state, const action::HoldWork& hold) { state.work_held = hold.held; }

void apply(AppState& state, const action::ToggleTheme&) {
  state.theme = state.theme == ThemeChoice::light ? ThemeChoice::dark : ThemeChoice::light;
}

void apply(AppState& state, const action::ShowOverlay& overlay) { state.overlay = overlay.overlay; }

void apply(AppState& state, const action::ShowMessage& message) { show(state, message.kind, message.text); }

void apply(AppState& state, const action::DismissMessage& dismiss) {
  std::erase_if(state.messages, [&](const Message& message) { return message.id == dismiss.id; });
}

// Whoever asks for something new wants it computed.
bool asks_anew(const Action& action) {
  return std::holds_alternative<action::OpenImage>(action) ||
         std::holds_alternative<action::OpenModel>(action) ||
         std::holds_alternative<action::SetPreprocessing>(action) ||
         std::holds_alternative<action::ChooseView>(action) ||
         std::holds_alternative<action::DoWithout>(action) ||
         std::holds_alternative<action::Export>(action) || std::holds_alternative<action::OpenFigure>(action);
}

// What a person has chosen about the selection, in contrast to what another model or figure brings with it.
bool is_choice(const Action& action) {
  return is_any_of<action::PinChannel, action::PickChannel, action::PinPlace, action::PinRegion,
                   action::ChooseClass, action::Unpin, action::Undo, action::Redo>(action);
}

}  // namespace

GroupOptions sensible(GroupOptions options) {
  options.k = std::clamp(options.k, 1, factorization::Factorization::most_atoms);
  factorization::Objective& objective = options.objective;
  for (double* weight : {&objective.activations, &objective.gradients, &objective.attributions})
    *weight = std::clamp(*weight, 0.0, 1.0);
  if (objective.activations + objective.gradients + objective.attributions == 0) objective.activations = 1;
  return options;
}

Zoom clamped(Zoom zoom) {
  constexpr float most = 32;
  zoom.factor = std::clamp(zoom.factor, 1.0f, most);
  const float half = 0.5f / zoom.factor;
  zoom.y = std::clamp(zoom.y, half, 1 - half);
  zoom.x = std::clamp(zoom.x, half, 1 - half);
  return zoom;
}

void update(AppState& state, const Action& action) {
  const Selection before = state.selection;
  std::visit([&](const auto& change) { apply(state, change); }, action);
  if (asks_anew(action)) state.work_held = false;
  // Another model is another matter: there is nothing to go back to.
  const bool is_no_step = std::holds_alternative<action::Undo>(action) ||
                          std::holds_alternative<action::Redo>(action) ||
                          std::holds_alternative<action::ModelOpened>(action);
  if (!is_no_step) state.history.changed(before, state.selection);
  if (state.kept && is_choice(action)) follow(*state.kept, before, state.selection);
}

}  // namespace tessera::ui
