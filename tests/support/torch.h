#pragma once

// Precompiled for the tests of what uses LibTorch, whose headers have a CHECK of their own: Catch2's is the one that stays.
#include "support/precompiled.h"
#pragma push_macro("CHECK")
#include "model/torch.h"
#pragma pop_macro("CHECK")
