#include "ui/figures/figure_views.h"

#include "tessera/base/error.h"
#include "ui/views/beside.h"
#include "ui/views/catalogue.h"

namespace tessera::ui {
namespace {

// What a window of 1440 x 900 leaves a view, a little wider: nothing is pinned to the sides here.
constexpr float view_width = 960;
constexpr float view_height = 820;

}  // namespace

FigureView figure_view(std::string_view name) {
  const ViewEntry* entry = find_view(name);
  if (!entry) throw Error("there is no figure '" + std::string(name) + "'");
  return {entry->draw, {view_width, view_height}};
}

std::string figure_of(const AppState& state) { return entry_of(state.selection.view).name; }

View drawn_view(const AppState& state, std::string_view figure) {
  return state.kept ? &views_beside : figure_view(figure).draw;
}

}  // namespace tessera::ui
