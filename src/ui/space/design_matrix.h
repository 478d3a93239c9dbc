#pragma once

#include <optional>

#include "tessera/figure/spec.h"
#include "ui/context.h"

namespace tessera::ui {

// A cell of the design space.
struct DesignCell {
  figure::Stratum stratum = figure::Stratum::hidden;
  figure::Atoms atoms = figure::Atoms::channel;
  bool operator==(const DesignCell&) const = default;
};

// How high it is for a width that it has room in.
float design_matrix_height(const Context& context);

// The article's matrix, layers as columns and atoms as rows, with the figure's elements as lettered circles:
// C activations, T the ends of an attribution with an arrow from what is contributed to, I information
// graphics, F feature visualisation; dashed arrows from what filters. Cells in which the brush can do nothing
// are grey; a click does what the brush does. Marked "space/cell/STRATUM/ATOMS". Returns the cell under the
// mouse.
std::optional<DesignCell> design_matrix(const AppState& state, Context& context,
                                        const figure::FigureSpec& spec, const Rect& where);

// What the letters stand for, in as many lines as a width takes; returns their height. Nothing where
// Context::shown has no legend.
float design_legend(Context& context, ImVec2 at, float width);

}  // namespace tessera::ui
