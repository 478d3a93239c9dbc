#pragma once

#include <vector>

#include "tessera/figure/grammar.h"

namespace tessera::test {

// Every content in every presentation of every kind of atom of every stratum, towards every other end and
// none, legal or not.
inline std::vector<figure::Element> all_combinations() {
  using namespace figure;
  std::vector<std::optional<Target>> targets{std::nullopt};
  for (const Stratum stratum : strata)
    for (const Atoms atoms : kinds_of_atoms) targets.push_back(Target{stratum, atoms, {}});
  std::vector<Element> all;
  for (const Content content : contents)
    for (const Presentation presentation : presentations)
      for (const Stratum stratum : strata)
        for (const Atoms atoms : kinds_of_atoms)
          for (const auto& towards : targets)
            all.push_back({content, presentation, stratum, atoms, {}, towards, {}});
  return all;
}

inline std::vector<figure::Element> legal_combinations() {
  std::vector<figure::Element> all = all_combinations();
  std::erase_if(all, [](const figure::Element& element) { return figure::objection(element).has_value(); });
  return all;
}

}  // namespace tessera::test
