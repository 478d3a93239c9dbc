#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ui/context.h"

namespace tessera::ui {

enum class Align { left, center, right };

// One line at a place on screen; returns its width. Where it is wider than `most_width` (0: never) it is
// shortened, and its full text is a tooltip.
float draw_text(Context& context, ImFont* font, ImVec2 at, ImU32 color, std::string_view text,
                float most_width = 0, Align align = Align::left);

// The same without tooltip, on any list.
float draw_text(ImDrawList& list, ImFont* font, ImVec2 at, ImU32 color, std::string_view text,
                float most_width = 0, Align align = Align::left);

// The text where it fits, else its beginning and "…": cut after a word where that leaves much of it, and
// never within a number. A text that begins with a number too wide for the room is left whole.
std::string shortened(ImFont* font, std::string_view text, float most_width);

// What names that stand over columns of one width are written in, all alike: strong letters, or small ones
// where one of them would be cut.
ImFont* font_of_names(const render::Fonts& fonts, std::span<const std::string> names, float most_width);

ImVec2 text_size(ImFont* font, std::string_view text);

// Several lines, wrapped; returns the height.
float draw_wrapped(Context& context, ImFont* font, ImVec2 at, ImU32 color, std::string_view text,
                   float width);

// A section's title over a hairline at the cursor; moves the cursor below. `aside` stands right-aligned,
// muted.
void section_title(Context& context, std::string_view title, std::string_view aside = {});

// "0.482", "12.3", "1.2e-05": four significant digits at most, no trailing zeros.
std::string number(double value);
std::string percent(double fraction);

}  // namespace tessera::ui
