#pragma once

#include <string>
#include <string_view>

namespace tessera::attribution {

// How gradients pass max pools (design: Numbers). Forward values are the true maximum under every rule.
enum class Pooling {
  exact,         // to the largest input alone
  proportional,  // shared among the window's inputs by their magnitude
  lucid          // the gradient of avg(x²) / (0.01 + avg|x|): may be negative, need not sum to 1
};

struct GradientRules {
  Pooling pooling = Pooling::exact;
  // Blurs the gradient at the input of every max pool, or of every strided convolution in networks without
  // max pools, with [1 2 1]ᵀ[1 2 1] / 16.
  bool cancel_checkerboard = false;

  bool operator==(const GradientRules&) const = default;
};

std::string to_text(Pooling pooling);              // "exact", "proportional", "lucid"
Pooling pooling_from_text(std::string_view text);  // throws Error

// "exact pooling", "proportional pooling, checkerboard cancelled": for notes and for keys.
std::string to_text(const GradientRules& rules);

}  // namespace tessera::attribution
