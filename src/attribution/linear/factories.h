#pragma once

#include "attribution/linear/rule.h"

// One for each family of operations: its rule, or nothing where the operation is not of that family or is
// used in a way that only LibTorch's own derivatives cover. A further family is a file, a line here and one
// in make_rule.cpp.
namespace tessera::attribution {

std::unique_ptr<Rule> elementwise_rule(const Operation& operation, const RuleChoice& choice);
std::unique_ptr<Rule> convolution_rule(const Operation& operation, const RuleChoice& choice);
std::unique_ptr<Rule> max_pool_rule(const Operation& operation, const RuleChoice& choice);
std::unique_ptr<Rule> sum_rule(const Operation& operation, const RuleChoice& choice);
std::unique_ptr<Rule> product_rule(const Operation& operation, const RuleChoice& choice);
std::unique_ptr<Rule> reduction_rule(const Operation& operation, const RuleChoice& choice);
std::unique_ptr<Rule> shape_rule(const Operation& operation, const RuleChoice& choice);
std::unique_ptr<Rule> list_rule(const Operation& operation, const RuleChoice& choice);
// Operations that are linear in their one input and treat the elements of a batch alike.
std::unique_ptr<Rule> batch_linear_rule(const Operation& operation, const RuleChoice& choice);
// Everything else.
std::unique_ptr<Rule> automatic_rule(const Operation& operation);

}  // namespace tessera::attribution
