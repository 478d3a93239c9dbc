#pragma once

#include <string>
#include <string_view>

#include "ui/context.h"

namespace tessera::ui {

// How a figure of the catalogue is drawn: by the view of its name.
struct FigureView {
  View draw = nullptr;
  ImVec2 size;  // unscaled, in which it is laid out well where no window says
};

// Throws Error where there is none of that name.
FigureView figure_view(std::string_view name);

// The figure that the window shows now; where another view is kept beside it, the one on the right.
std::string figure_of(const AppState& state);

// How a state is drawn as that figure: with the view that is kept beside it, if one is.
View drawn_view(const AppState& state, std::string_view figure);

}  // namespace tessera::ui
