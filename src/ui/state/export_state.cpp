#include "ui/state/export_state.h"

namespace tessera::ui {

void OpeningFigure::read(const figure::Provenance& made) {
  if (made.kept) views.push_back({*made.kept, {}, {}});
  views.push_back({made, {}, {}});
}

}  // namespace tessera::ui
