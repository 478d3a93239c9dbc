#pragma once

#include <string>

#include "ui/context.h"

namespace tessera::ui {

// A bar from zero to `value` on a scale that ends at ±reach, in the signs' two colours. `where` is the whole
// scale: with `two_sided` zero is in its middle, else at its left and only the size of the value shows.
void signed_bar(Context& context, float value, float reach, const Rect& where, bool two_sided);

// The same in one neutral colour, for magnitudes.
void plain_bar(Context& context, float value, float reach, const Rect& where, ImU32 color);

// "+0.42", "−1.3", "0".
std::string signed_number(double value);

// A table's cell tinted by a signed value, with `text` in it.
void tinted_cell(Context& context, float value, float reach, const std::string& text, const Rect& where);

}  // namespace tessera::ui
