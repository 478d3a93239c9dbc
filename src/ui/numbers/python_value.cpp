#include "ui/numbers/python_value.h"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace tessera::ui {
namespace {

std::string literal(std::monostate) { return "None"; }
std::string literal(bool value) { return value ? "True" : "False"; }
std::string literal(std::int64_t value) { return std::to_string(value); }

std::string literal(double value) {
  if (std::isnan(value)) return "float(\"nan\")";
  if (std::isinf(value)) return value > 0 ? "float(\"inf\")" : "float(\"-inf\")";
  char digits[32];
  const auto written = std::to_chars(digits, digits + sizeof digits, value);
  return {digits, written.ptr};
}

std::string literal(const std::string& text) {
  std::string quoted = "\"";
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      quoted += '\\';
      quoted += letter;
    } else if (byte < ' ' || byte == 127) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\x%02x", unsigned(byte));
      quoted += escaped;
    } else {
      quoted += letter;
    }
  }
  return quoted + '"';
}

template <class T>
std::string literal(const std::vector<T>& values) {
  std::string list = "[";
  for (const T& value : values) list += (list.size() > 1 ? ", " : "") + literal(value);
  return list + "]";
}

}  // namespace

std::string python_literal(const PythonValue& value) {
  return std::visit([](const auto& held) { return literal(held); }, value);
}

std::string python_comment(std::string_view text) {
  std::string line;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte < ' ' || byte == 127)
      line += ' ';
    else if (letter == '"' || letter == '\\')
      line += '\'';
    else
      line += letter;
  }
  return line;
}

}  // namespace tessera::ui
