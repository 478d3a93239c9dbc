#pragma once

#include <string>

#include "ui/certainty.h"
#include "ui/context.h"

namespace tessera::ui {

// A bar from zero to `value` on a scale that ends at ±reach, in the signs' two colours. `where` is the whole
// scale: with `two_sided` zero is in its middle, else at its left and only the size of the value shows.
void signed_bar(Context& context, float value, float reach, const Rect& where, bool two_sided,
                const Certainty& certainty);

// The same in one neutral colour, for magnitudes.
void plain_bar(Context& context, float value, float reach, const Rect& where, ImU32 color,
               const Certainty& certainty = {});

// "+0.42", "−1.3", "0"; of a provisional value "≈+0.4", with two digits at most.
std::string signed_number(double value, const Certainty& certainty = {});

// A table's cell tinted by a signed value, with `text` in it.
void tinted_cell(Context& context, float value, float reach, const std::string& text, const Rect& where,
                 const Certainty& certainty);

}  // namespace tessera::ui
