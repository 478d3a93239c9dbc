#include "ui/state/update_figure.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "tessera/base/error.h"
#include "tessera/session/removal.h"
#include "ui/state/figure_settings.h"

namespace tessera::ui {
namespace {

constexpr float least_scale = 0.5f;
constexpr float greatest_scale = 8;
constexpr int least_width = 320;
constexpr int greatest_width = 20'000;

OpeningView* lacking_view(AppState& state) {
  if (!state.opening_figure) return nullptr;
  const auto lacking = state.opening_figure->lacking();
  return lacking ? &state.opening_figure->views[*lacking] : nullptr;
}

// The picture and the network of the view that is restored next.
void open_next_view(AppState& state) {
  const OpeningFigure& figure = *state.opening_figure;
  const OpeningView& view = figure.views[figure.restored];
  if (figure.restored == 0 && figure.views.size() > 1) state.kept.reset();
  // How the figure's network was told to take pictures answers the question that would be asked otherwise.
  state.known_preprocessing.emplace(view.made.model.hash,
                                    model::preprocessing_from_text(view.made.preprocessing));
  state.pending_image = session::ImageRef{session::stamp(*view.image)};
  session::ModelRef model{session::stamp(*view.model), std::nullopt, model::DeviceChoice::automatic};
  if (state.model) model.device = state.model->device;
  if (state.model && state.model->file == model.file) model.preprocessing = state.model->preprocessing;
  if (const auto& without = view.made.without)
    model.without = session::removal_of(without->layer, without->atoms, without->name);
  state.pending_model = model;
}

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
  if (state.model->without && chosen.kind == ExportKind::python) {
    state.overlay = Overlay::none;
    show(state, MessageKind::error,
         "A script cannot take " + state.model->without->name +
             " out of the network, so none is written. Release the kept view for one of the whole network");
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
  show(state, MessageKind::note,
       std::string(state.kept ? "The script of the right half" : "The script") +
           " is on the clipboard and in " + done.file.string() + ", its numbers beside it in " + arrays);
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
  if (state.opening_figure) state.opening_figure->read(read.made);
}

void apply(AppState& state, const action::FigureImageFound& found) {
  OpeningView* view = lacking_view(state);
  if (!view) return;
  view->image = found.file;
  state.opening_figure->chosen.reset();
  state.overlay = Overlay::none;
}

void apply(AppState& state, const action::FigureModelFound& found) {
  OpeningView* view = lacking_view(state);
  if (!view) return;
  view->model = found.file;
  state.opening_figure->chosen.reset();
  state.overlay = Overlay::none;
  if (!state.opening_figure->lacking()) open_next_view(state);
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
  if (!state.opening_figure || state.opening_figure->views.empty() || !state.model) return;
  OpeningFigure& figure = *state.opening_figure;
  const figure::ViewProvenance& made = figure.views[figure.restored].made;
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
    show(state, MessageKind::error, figure.file.path.filename().string() + ": " + error.what());
    state.opening_figure.reset();
    return;
  }
  if (++figure.restored < figure.views.size()) {
    state.kept = keep(state, std::make_shared<const model::ModelCard>(restore.card));
    open_next_view(state);
  } else {
    state.opening_figure.reset();
  }
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
  // One note at a time: the next takes the place of the last. Errors and warnings stay until they are
  // dismissed.
  std::erase_if(state.messages, [&](const Message& message) {
    return message.text == text || (kind == MessageKind::note && message.kind == MessageKind::note);
  });
  state.messages.push_back({state.next_message++, kind, text});
}

}  // namespace tessera::ui
