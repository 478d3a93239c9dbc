#pragma once

#include <initializer_list>
#include <optional>
#include <string>

#include "ui/context.h"
#include "ui/widgets/shortened.h"

namespace tessera::ui {

// None of these draws or does anything where Context::shown has no controls.

// An underlined word that does something, in the body face and in ink unless told; marked under `name`. True
// when clicked.
bool text_button(Context& context, const std::string& name, const std::string& label, ImFont* font = nullptr,
                 std::optional<ImU32> color = {});
// The same no wider than told, its names shortened.
bool text_button(Context& context, const std::string& name, const TextWithNames& label, ImFont* font,
                 std::optional<ImU32> color, float most_width);

inline constexpr float choice_spacing = 14;  // between its words, unscaled

// One of a few words, the chosen one in ink with a rule beneath, the others muted. Returns the chosen index.
// Marked under `name`/`label`. Of several groups, and where words wrap: ChoiceRows.
int choice(Context& context, const std::string& name, std::initializer_list<const char*> labels, int chosen);

// One such word at the cursor, marked under `name`; true when clicked.
bool choice_word(Context& context, const std::string& name, const std::string& label, bool is_chosen);

// Width that `choice` will take.
float choice_width(const Context& context, std::initializer_list<const char*> labels);

}  // namespace tessera::ui
