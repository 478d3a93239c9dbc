#include "ui/state/update.h"

#include <algorithm>
#include <utility>

namespace tessera::ui {
namespace {

constexpr std::size_t most_recent_files = 8;

void remember(std::vector<std::filesystem::path>& recent, const std::filesystem::path& file) {
  recent.erase(std::remove(recent.begin(), recent.end(), file), recent.end());
  recent.insert(recent.begin(), file);
  if (recent.size() > most_recent_files) recent.resize(most_recent_files);
}

void show(AppState& state, MessageKind kind, const std::string& text) {
  // The same sentence twice helps nobody: the newer one takes the older one's place.
  std::erase_if(state.messages, [&](const Message& message) { return message.text == text; });
  state.messages.push_back({state.next_message++, kind, text});
}

// The middle of the suggested layers: far enough up to show patterns, fine enough to show where.
std::string first_layer(const model::ModelCard& card) {
  std::vector<const model::LayerInfo*> suggested;
  for (const model::LayerInfo& layer : card.layers)
    if (layer.suggested) suggested.push_back(&layer);
  if (!suggested.empty()) return suggested[suggested.size() / 2]->name;
  return card.layers.empty() ? std::string() : card.layers.back().name;
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

void apply(AppState& state, const action::ImageOpened&) {
  if (!state.pending_image) return;
  state.image = std::exchange(state.pending_image, std::nullopt);
  remember(state.recent_images, state.image->file.path);
}

void apply(AppState& state, const action::ModelOpened& opened) {
  if (!state.pending_model) return;
  const bool same_file = state.model && state.model->file == state.pending_model->file;
  const bool chosen_preprocessing = state.pending_model->preprocessing.has_value();
  state.model = std::exchange(state.pending_model, std::nullopt);
  remember(state.recent_models, state.model->file.path);
  if (!same_file || !opened.card.find_layer(state.selection.layer)) {
    state.selection = {};
    state.selection.layer = first_layer(opened.card);
    state.layer_filter.clear();
  }
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

void apply(AppState& state, const action::SelectLayer& select) {
  if (state.selection.layer == select.layer) return;
  state.selection = {};
  state.selection.layer = select.layer;
}

void apply(AppState& state, const action::HoverChannel& hover) {
  state.selection.hovered_channel = hover.channel;
}

void apply(AppState& state, const action::PinChannel& pin) {
  auto& pinned = state.selection.pinned_channel;
  pinned = pinned == pin.channel ? std::nullopt : std::optional(pin.channel);
}

void apply(AppState& state, const action::HoverPosition& hover) {
  state.selection.hovered_position = hover.position;
}

void apply(AppState& state, const action::PinPosition& pin) {
  auto& pinned = state.selection.pinned_position;
  pinned = pinned == pin.position ? std::nullopt : std::optional(pin.position);
}

void apply(AppState& state, const action::Unpin&) {
  state.selection.pinned_channel.reset();
  state.selection.pinned_position.reset();
}

void apply(AppState& state, const action::SetSheet& set) {
  state.sheet = set.options;
  state.sheet.tile = std::clamp(state.sheet.tile, 24.0f, 256.0f);
}

void apply(AppState& state, const action::SetLayerFilter& set) { state.layer_filter = set.text; }

void apply(AppState& state, const action::ToggleTheme&) {
  state.theme = state.theme == ThemeChoice::light ? ThemeChoice::dark : ThemeChoice::light;
}

void apply(AppState& state, const action::ShowOverlay& overlay) { state.overlay = overlay.overlay; }

void apply(AppState& state, const action::ShowMessage& message) { show(state, message.kind, message.text); }

void apply(AppState& state, const action::DismissMessage& dismiss) {
  std::erase_if(state.messages, [&](const Message& message) { return message.id == dismiss.id; });
}

}  // namespace

void update(AppState& state, const Action& action) {
  std::visit([&](const auto& change) { apply(state, change); }, action);
}

}  // namespace tessera::ui
