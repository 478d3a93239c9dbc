#pragma once

// Catch2 2 or 3, whichever the system has.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

namespace tessera::test {
using Catch::Approx;
}  // namespace tessera::test
