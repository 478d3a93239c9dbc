#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ui/context.h"
#include "ui/widgets/shortened.h"

namespace tessera::ui {

enum class Align { left, center, right };

// One line at a place on screen; returns its width. Where it is wider than `most_width` (0: never) it is
// shortened, and its full text is a tooltip; less than 0 is no room at all.
float draw_text(Context& context, ImFont* font, ImVec2 at, ImU32 color, std::string_view text,
                float most_width = 0, Align align = Align::left);

// The same with names that are shortened before anything else is.
float draw_text(Context& context, ImFont* font, ImVec2 at, ImU32 color, const TextWithNames& text,
                float most_width, Align align = Align::left);

// Without tooltip, on any list.
float draw_text(ImDrawList& list, ImFont* font, ImVec2 at, ImU32 color, std::string_view text,
                float most_width = 0, Align align = Align::left);

// What names that stand over columns of one width are written in, all alike: strong letters, or small ones
// where one of them would be cut.
ImFont* font_of_names(const render::Fonts& fonts, std::span<const std::string> names, float most_width);

ImVec2 text_size(ImFont* font, std::string_view text);

// What draw_wrapped takes.
ImVec2 wrapped_size(ImFont* font, std::string_view text, float width);

// Several lines, wrapped; returns the height.
float draw_wrapped(Context& context, ImFont* font, ImVec2 at, ImU32 color, std::string_view text,
                   float width);

// In as few lines as hold it, `most` at most; what has no room is left out, and all of it a tooltip. Returns
// the height.
float draw_lines(Context& context, ImFont* font, ImVec2 at, ImU32 color, const TextWithNames& text,
                 float width, std::size_t most);
float line_step(const Context& context, ImFont* font);  // from one of them to the next

// A section's title over a hairline at the cursor; moves the cursor below. `aside` stands right-aligned,
// muted.
void section_title(Context& context, std::string_view title, std::string_view aside = {});

// "0.482", "12.3", "1.2e-05": four significant digits at most, no trailing zeros.
std::string number(double value);
std::string percent(double fraction);

}  // namespace tessera::ui
