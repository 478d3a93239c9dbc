#pragma once

#include <initializer_list>
#include <optional>
#include <string>

#include "ui/context.h"

namespace tessera::ui {

// None of these draws or does anything where Context::shown has no controls.

// An underlined word that does something, in the body face and in ink unless told; marked under `name`. True
// when clicked.
bool text_button(Context& context, const std::string& name, const std::string& label, ImFont* font = nullptr,
                 std::optional<ImU32> color = {});

// One of a few words, the chosen one in ink with a rule beneath, the others muted. Returns the chosen index.
// Marked under `name`/`label`.
int choice(Context& context, const std::string& name, std::initializer_list<const char*> labels, int chosen);

// Width that `choice` will take.
float choice_width(const Context& context, std::initializer_list<const char*> labels);

}  // namespace tessera::ui
