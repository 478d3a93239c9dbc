#include "ui/opening.h"

#include <string>

#include "tessera/figure/queries.h"
#include "tessera/session/queries.h"

namespace tessera::ui {
namespace {

using engine::Visibility;

void read(const OpeningFigure& figure, engine::Engine& engine, Actions& actions) {
  const figure::ReadFigure query{figure.file};
  const auto answer = engine.ask(query, Visibility::focused);
  if (answer.failed()) {
    actions.push_back(action::FigureFailed{answer.error->what()});
    engine.retry(query);
  }
  if (!answer.ready()) return;
  if (answer.value->made) {
    actions.push_back(action::FigureRead{*answer.value->made});
  } else {
    actions.push_back(action::ForgetFigure{});
    actions.push_back(action::OpenImage{figure.file.path});
  }
}

figure::FindFile query_for(const AppState& state, const figure::FileIdentity& wanted) {
  const OpeningFigure& figure = *state.opening_figure;
  figure::FindFile query{wanted, {}, {}};
  if (figure.chosen) {
    query.files = {*figure.chosen};
    return query;
  }
  for (const OpeningView& view : figure.views)
    for (const auto& found : {view.image, view.model})
      if (found) query.files.push_back(*found);
  if (state.image) query.files.push_back(state.image->file.path);
  if (state.model) query.files.push_back(state.model->file.path);
  for (const auto* known : {&state.bundled, &state.recent_images, &state.recent_models})
    query.files.insert(query.files.end(), known->begin(), known->end());
  query.folders = {figure.file.path.parent_path()};
  return query;
}

template <class Found>
void find(const AppState& state, engine::Engine& engine, const figure::FileIdentity& wanted,
          Actions& actions) {
  if (state.overlay == Overlay::figure_file) return;  // somebody is being asked
  const OpeningFigure& figure = *state.opening_figure;
  const figure::FindFile query = query_for(state, wanted);
  const auto answer = engine.ask(query, Visibility::focused);
  if (answer.ready()) actions.push_back(Found{answer.value->file});
  if (!answer.failed()) return;
  engine.retry(query);  // it may be there the next time
  if (figure.chosen)
    actions.push_back(action::ShowMessage{
        MessageKind::warning, figure.chosen->filename().string() + " is not the " + wanted.name +
                                  " that this figure was made of: there is something else in it"});
  actions.push_back(action::AskForFigureFile{});
}

void restore(const AppState& state, engine::Engine& engine, Actions& actions) {
  const OpeningFigure& figure = *state.opening_figure;
  const OpeningView& view = figure.views[figure.restored];
  if (state.pending_image || state.pending_model) return;
  const bool both_open = state.image && state.model && state.image->file.path == *view.image &&
                         state.model->file.path == *view.model &&
                         (state.model->without != nullptr) == view.made.without.has_value();
  // Where one of them has failed to open, a message says so.
  if (!both_open) {
    actions.push_back(action::ForgetFigure{});
    return;
  }
  const auto card = engine.ask(session::OpenModel{*state.model}, Visibility::focused);
  if (card.ready()) actions.push_back(action::RestoreFigure{*card.value});
}

}  // namespace

std::optional<MissingFile> missing_file(const AppState& state) {
  if (!state.opening_figure) return std::nullopt;
  const auto lacking = state.opening_figure->lacking();
  if (!lacking) return std::nullopt;
  const OpeningView& view = state.opening_figure->views[*lacking];
  return MissingFile{view.image ? view.made.model : view.made.image, !view.image};
}

void settle_figure(const AppState& state, engine::Engine& engine, Actions& actions) {
  if (!state.opening_figure) return;
  const OpeningFigure& figure = *state.opening_figure;
  const auto missing = missing_file(state);
  if (figure.views.empty())
    read(figure, engine, actions);
  else if (!missing)
    restore(state, engine, actions);
  else if (missing->is_image)
    find<action::FigureImageFound>(state, engine, missing->file, actions);
  else
    find<action::FigureModelFound>(state, engine, missing->file, actions);
}

}  // namespace tessera::ui
