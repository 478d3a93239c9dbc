#include "model/example_input.h"

#include <string>
#include <string_view>

namespace tessera::model {
namespace {

// One of pickle's three ways to write a whole number; advances `at`.
std::optional<std::int64_t> read_int(std::string_view pickle, std::size_t& at) {
  if (at >= pickle.size()) return std::nullopt;
  const std::size_t bytes = pickle[at] == 'K' ? 1 : pickle[at] == 'M' ? 2 : pickle[at] == 'J' ? 4 : 0;
  if (bytes == 0 || at + bytes >= pickle.size()) return std::nullopt;
  std::int64_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i)
    value |= std::int64_t(static_cast<unsigned char>(pickle[at + 1 + i])) << (8 * i);
  at += bytes + 1;
  return value;
}

}  // namespace

std::optional<std::vector<std::int64_t>> example_input_shape(Archive& archive) {
  constexpr const char* record = "traced_inputs.pkl";
  if (!archive.has(record)) return std::nullopt;
  const std::string pickle = archive.read(record);
  // The first tuple of four whole numbers is the first tensor's size; a mark opens it, 't' closes it.
  for (std::size_t mark = pickle.find('('); mark != std::string::npos; mark = pickle.find('(', mark + 1)) {
    std::size_t at = mark + 1;
    std::vector<std::int64_t> shape;
    while (shape.size() < 4) {
      const auto value = read_int(pickle, at);
      if (!value) break;
      shape.push_back(*value);
    }
    if (shape.size() == 4 && at < pickle.size() && pickle[at] == 't') return shape;
  }
  return std::nullopt;
}

}  // namespace tessera::model
