#pragma once

// Precompiled for the program and its library where files are compiled one by one: in a unity build these
// headers are read a few times only.
#include <nlohmann/json.hpp>

#include "base/precompiled.h"
