#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The ten likeliest classes with probability bars, and what looks wrong about the verdict.
void class_section(const AppState& state, Context& context);

}  // namespace tessera::ui
