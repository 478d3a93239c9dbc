#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tessera::ui {

// What a constant of a Python script may be; nothing is None.
using PythonValue = std::variant<std::monostate, bool, std::int64_t, double, std::string,
                                 std::vector<std::string>, std::vector<double>>;

// As Python reads it: True, 0.5, "a", ["a", "b"]. Text is UTF-8, numbers come back exactly.
std::string python_literal(const PythonValue& value);

// Text for a comment or a docstring of a script: on one line, without what would end either or escape
// anything.
std::string python_comment(std::string_view text);

}  // namespace tessera::ui
