#pragma once

// Catch2 2 or 3, whichever the system has.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
namespace tessera::test {
using Catch::Approx;
}
#else
#include <catch2/catch.hpp>
namespace tessera::test {
using Catch::Detail::Approx;
}
#endif
