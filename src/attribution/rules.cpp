#include "tessera/attribution/rules.h"

#include "tessera/base/error.h"

namespace tessera::attribution {

std::string to_text(Pooling pooling) {
  switch (pooling) {
    case Pooling::exact:
      return "exact";
    case Pooling::proportional:
      return "proportional";
    case Pooling::lucid:
      return "lucid";
  }
  return {};
}

Pooling pooling_from_text(std::string_view text) {
  for (const Pooling pooling : {Pooling::exact, Pooling::proportional, Pooling::lucid})
    if (text == to_text(pooling)) return pooling;
  throw Error("there is no rule for max pools of this name", std::string(text),
              "Use exact, proportional or lucid");
}

std::string to_text(const GradientRules& rules) {
  return to_text(rules.pooling) + " pooling" + (rules.cancel_checkerboard ? ", checkerboard cancelled" : "");
}

}  // namespace tessera::attribution
