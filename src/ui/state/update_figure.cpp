#include "ui/state/update_figure.h"

#include <algorithm>
#include <utility>

#include "tessera/base/error.h"
#include "ui/state/figure_settings.h"

namespace tessera::ui {
namespace {

constexpr float least_scale = 0.5f;
constexpr float greatest_scale = 8;
constexpr int least_width = 320;
constexpr int greatest_width = 20'000;

}  // namespace

void apply(AppState& state, const action::SetExport& set) {
  ExportOptions& options = state.exports.options;
  options = set.options;
  options.scale = std::clamp(options.scale, least_scale, greatest_scale);
  if (options.width != 0) options.width = std::clamp(options.width, least_width, greatest_width);
}

void apply(AppState& state, const action::Export& chosen) {
  ExportState& exports = state.exports;
  if (exports.running || !state.image || !state.model) return;
  if (state.model->without) {
    state.overlay = Overlay::none;
    show(state, MessageKind::error,
         "A figure of a network without " + state.model->without->name +
             " could not be opened again, so it is not written. Release the kept view first");
    return;
  }
  exports.folder = chosen.file.parent_path();
  exports.running = RunningExport{exports.next++, chosen.file, exports.options, chosen.kind};
  state.overlay = Overlay::none;
}

void apply(AppState& state, const action::Exported&) {
  if (!state.exports.running) return;
  const RunningExport done = *std::exchange(state.exports.running, std::nullopt);
  if (done.kind == ExportKind::picture) {
    show(state, MessageKind::note, "The figure is in " + done.file.string());
    return;
  }
  const std::string arrays = done.file.stem().string() + ".npz";
  show(
      state, MessageKind::note,
      "The script is on the clipboard and in " + done.file.string() + ", its numbers beside it in " + arrays);
}

void apply(AppState& state, const action::ExportFailed& failed) {
  state.exports.running.reset();
  show(state, MessageKind::error, failed.why);
}

void apply(AppState& state, const action::CancelExport&) { state.exports.running.reset(); }

void apply(AppState& state, const action::OpenFigure& open) {
  state.opening_figure = OpeningFigure{};
  state.opening_figure->file = session::stamp(open.file);
  state.overlay = Overlay::none;
}

void apply(AppState& state, const action::FigureRead& read) {
  if (state.opening_figure) state.opening_figure->made = read.made;
}

void apply(AppState& state, const action::FigureImageFound& found) {
  if (!state.opening_figure) return;
  state.opening_figure->image = found.file;
  state.opening_figure->chosen.reset();
  state.overlay = Overlay::none;
}

void apply(AppState& state, const action::FigureModelFound& found) {
  if (!state.opening_figure) return;
  OpeningFigure& figure = *state.opening_figure;
  figure.model = found.file;
  figure.chosen.reset();
  state.overlay = Overlay::none;
  if (!figure.image || !figure.made) return;
  // How the figure's network was told to take pictures answers the question that would be asked otherwise.
  const model::Preprocessing preprocessing = model::preprocessing_from_text(figure.made->preprocessing);
  state.known_preprocessing.emplace(figure.made->model.hash, preprocessing);
  state.pending_image = session::ImageRef{session::stamp(*figure.image)};
  session::ModelRef model{session::stamp(*figure.model), std::nullopt, model::DeviceChoice::automatic};
  if (state.model) model.device = state.model->device;
  if (state.model && state.model->file == model.file) model.preprocessing = state.model->preprocessing;
  state.pending_model = model;
}

void apply(AppState& state, const action::AskForFigureFile&) {
  if (state.opening_figure) state.opening_figure->chosen.reset();
  state.overlay = Overlay::figure_file;
}

void apply(AppState& state, const action::ChooseForFigure& choose) {
  if (!state.opening_figure) return;
  state.opening_figure->chosen = choose.file;
  state.overlay = Overlay::none;
}

void apply(AppState& state, const action::RestoreFigure& restore) {
  if (!state.opening_figure || !state.opening_figure->made || !state.model) return;
  const figure::Provenance& made = *state.opening_figure->made;
  const model::Preprocessing wanted = model::preprocessing_from_text(made.preprocessing);
  if (!(restore.card.preprocessing == wanted)) {
    if (state.model->preprocessing != wanted) {
      // Opened as the file says; the figure was made otherwise.
      state.pending_model = state.model;
      state.pending_model->preprocessing = wanted;
      return;
    }
  }
  try {
    apply_settings(state, made.figure, made.settings, restore.card);
  } catch (const Error& error) {
    show(state, MessageKind::error,
         state.opening_figure->file.path.filename().string() + ": " + error.what());
  }
  state.opening_figure.reset();
}

void apply(AppState& state, const action::FigureFailed& failed) {
  state.opening_figure.reset();
  show(state, MessageKind::error, failed.why);
}

void apply(AppState& state, const action::ForgetFigure&) {
  state.opening_figure.reset();
  if (state.overlay == Overlay::figure_file) state.overlay = Overlay::none;
}

void show(AppState& state, MessageKind kind, const std::string& text) {
  // One note at a time: the next takes the place of the last. Errors and warnings stay until they are dismissed.
  std::erase_if(state.messages, [&](const Message& message) {
    return message.text == text || (kind == MessageKind::note && message.kind == MessageKind::note);
  });
  state.messages.push_back({state.next_message++, kind, text});
}

}  // namespace tessera::ui
