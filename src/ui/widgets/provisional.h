#pragma once

#include <string>

#include "ui/context.h"

// How values look that are not of the method that was asked for yet (ui/certainty.h), in one place: grey and
// hatched, without the colours of the signs; their numbers short, in a fainter ink and after "≈"; their sums
// not at all. Whatever is drawn by these is told to Context::provisional.
namespace tessera::ui {

// The colour that stands for a value's sign.
ImU32 sign_color(const Context& context, double value, const Certainty& certainty);

// What a number is written in: `usual` where it is final.
ImU32 number_ink(const Context& context, ImU32 usual, const Certainty& certainty);

// What stands where a sum would: "…" while it is not final.
std::string sum_text(const Context& context, const std::string& text, const Certainty& certainty);

// A colour that stands for something else than a sign, with little left of it.
ImU32 faded(ImU32 color);

// Strokes over what is not final, and a bar of such strokes.
void hatch(const Context& context, const Rect& where, ImU32 color);
void hatch(const Context& context, const Rect& where);
void hatched_bar(const Context& context, const Rect& where, ImU32 color);

// The one line that says what the strokes and "≈" mean, and how long it will be so.
std::string provisional_text(const ProvisionalNote& note);

}  // namespace tessera::ui
