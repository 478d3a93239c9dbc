#pragma once

#include <array>
#include <string>

#include "tessera/factorization/objective.h"
#include "ui/context.h"

namespace tessera::ui {

// Where a blend lies in a triangle: at the mean of the corners, weighted. Corners: activations, gradients,
// attributions.
using Corners = std::array<ImVec2, 3>;
ImVec2 point_of_blend(const factorization::Objective& blend, const Corners& corners);

// The blend at a point, its weights in twentieths that add up to 1; of a point outside, the one nearest to
// it. Near a corner or a side it is taken for one.
factorization::Objective blend_at(ImVec2 point, const Corners& corners);

// A triangle to choose a blend in, marked under `name`. Returns the chosen one. Only shows it where
// Context::shown has no controls.
factorization::Objective blend_triangle(Context& context, const std::string& name,
                                        const factorization::Objective& blend, const Rect& where);

}  // namespace tessera::ui
