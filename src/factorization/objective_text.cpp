#include <charconv>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "tessera/base/error.h"
#include "tessera/factorization/objective.h"

namespace tessera::factorization {
namespace {

constexpr std::string_view blend = "blend:";

[[noreturn]] void refuse(std::string_view text, const char* remedy) {
  throw Error("groups cannot be about '" + std::string(text) + "'", "objective", remedy);
}

std::vector<double> numbers(std::string_view list, std::string_view text) {
  std::vector<double> result;
  for (;;) {
    const std::size_t comma = list.find(',');
    const std::string_view word = list.substr(0, comma);
    double value = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), value);
    if (read.ec != std::errc{} || read.ptr != word.data() + word.size() || !std::isfinite(value) || value < 0)
      refuse(text, "A blend is three weights, none negative: blend:1,0.5,0.5");
    result.push_back(value);
    if (comma == std::string_view::npos) return result;
    list.remove_prefix(comma + 1);
  }
}

std::string shortest(double value) {
  char digits[32];
  const auto written = std::to_chars(digits, digits + sizeof digits, value);
  return {digits, written.ptr};
}

}  // namespace

std::string to_text(const Objective& objective) {
  if (objective == Objective{1, 0, 0}) return "activations";
  if (objective == Objective{0, 1, 0}) return "gradients";
  if (objective == Objective{0, 0, 1}) return "attributions";
  return std::string(blend) + shortest(objective.activations) + "," + shortest(objective.gradients) + "," +
         shortest(objective.attributions);
}

Objective objective_from_text(std::string_view text) {
  if (text == "activations") return {1, 0, 0};
  if (text == "gradients") return {0, 1, 0};
  if (text == "attributions") return {0, 0, 1};
  if (!text.starts_with(blend))
    refuse(text, "Use activations, gradients, attributions or blend:A,G,T with three weights");
  const std::vector<double> weights = numbers(text.substr(blend.size()), text);
  if (weights.size() != 3) refuse(text, "A blend is three weights, none negative: blend:1,0.5,0.5");
  if (weights[0] + weights[1] + weights[2] == 0) refuse(text, "Give at least one of the three a weight");
  return {weights[0], weights[1], weights[2]};
}

}  // namespace tessera::factorization
