#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::app {

// The names that somebody who typed `wanted` may have meant, likeliest first, `most` at most: those that
// contain it, then those that take the fewest changed letters (no more than half of them).
std::vector<std::string> nearest_names(std::string_view wanted, std::span<const std::string> names,
                                       std::size_t most = 3);

// "a", "a or b", "a, b or c"
std::string joined_with_or(std::span<const std::string> names);

}  // namespace tessera::app
