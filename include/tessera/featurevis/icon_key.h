#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "tessera/featurevis/icon_objective.h"
#include "tessera/featurevis/recipe.h"

namespace tessera::featurevis {

// The network that an icon is of.
struct Network {
  std::string hash;  // ModelCard::hash
  // How pictures were prepared where somebody said so (to_text of model::Preprocessing), "" where the model
  // says it itself.
  std::string preprocessing;
  bool operator==(const Network&) const = default;
  auto operator<=>(const Network&) const = default;
};

// An icon's content address: XXH3-128, in 32 hex digits, of everything that decides what it shows: network,
// layer, objective (numbers by their bits, -0 as 0) and recipe. What it was computed with is not in it: in
// bfloat16 another picture comes out than in float32, but one as good, and a store that is shared between
// machines answers with whichever is there. Metadata says which it was.
std::string icon_key(const Network& network, const IconSubject& subject, const Recipe& recipe);

// The same without the network: what a query is told apart by.
std::string icon_digest(const IconSubject& subject, const Recipe& recipe);

// "channel 17", "direction", …; with a minus sign before it where it is negative.
std::string to_text(const IconSubject& subject);

// The channel where a plain one is asked for: the kind of icon that packs hold.
std::optional<int> channel_of(const IconSubject& subject);

bool is_icon_key(std::string_view text);  // 32 hex digits in lower case

}  // namespace tessera::featurevis
