#pragma once

// Precompiled for every test.
#include "../../src/base/precompiled.h"
#include "support/catch.h"
