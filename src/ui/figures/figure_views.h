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

// The figure that the window shows now.
std::string figure_of(const AppState& state);

}  // namespace tessera::ui
