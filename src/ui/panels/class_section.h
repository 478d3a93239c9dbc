#pragma once

#include "ui/context.h"
#include "ui/panels/rail_heights.h"

namespace tessera::ui {

// The likeliest classes with probability bars; while a channel is hovered or pinned, in the same rows, the
// classes that it supports and opposes. Beneath, what looks wrong about the verdict.
void class_section(const AppState& state, Context& context, float height);

// `width`: of the section.
NeededHeight class_section_needs(const AppState& state, Context& context, float width);

}  // namespace tessera::ui
