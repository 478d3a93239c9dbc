#pragma once

#include <optional>
#include <span>
#include <string>

#include "ui/certainty.h"
#include "ui/scene.h"

namespace tessera::ui {

inline constexpr float class_row_height = 21;

// What rows of classes leave to their numbers, of which none may touch a bar.
float class_number_width(const Context& context, std::span<const std::string> numbers);

// The likeliest classes with probability bars, at the cursor. A click makes one the objective, with Ctrl the
// second of two; the objective is marked. Rows are marked under `name`/INDEX.
void class_list(const AppState& state, Context& context, const Scene& scene, const std::string& name,
                int rows, float bar_width);

// The classes that something supports most and those that it opposes most, with signed bars on one scale, in
// as many rows. `effects`: one value for each class.
void effect_list(const AppState& state, Context& context, const Scene& scene, const std::string& name,
                 std::span<const float> effects, const Certainty& certainty, int rows, float bar_width);

}  // namespace tessera::ui
