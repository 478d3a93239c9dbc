#include <array>

#include "attribution/linear/factories.h"

namespace tessera::attribution {

std::unique_ptr<Rule> make_rule(const Operation& operation, const RuleChoice& choice) {
  constexpr std::array families{elementwise_rule, convolution_rule, max_pool_rule,
                                sum_rule,         product_rule,     reduction_rule,
                                shape_rule,       list_rule,        batch_linear_rule};
  // Our rules know real numbers; whose derivative is to be conjugated, and where, LibTorch knows.
  if (operation.is_complex()) return automatic_rule(operation);
  for (const auto family : families)
    if (std::unique_ptr<Rule> rule = family(operation, choice)) return rule;
  return automatic_rule(operation);
}

}  // namespace tessera::attribution
