#pragma once

// Precompiled for everything that draws.
#include <imgui.h>

#include "base/precompiled.h"
