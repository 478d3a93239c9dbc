#pragma once

#include <span>
#include <string_view>

#include "ui/context.h"
#include "ui/keys.h"

namespace tessera::ui {

// A way to look at a picture and a network.
struct ViewEntry {
  ViewKind kind;
  const char* name;   // on command lines and in figures: "dictionary"
  const char* title;  // for a person: "Semantic dictionary"
  Key key;            // chooses it
  const char* key_label;
  View draw;
};

// Every view there is, in the order in which they are listed.
std::span<const ViewEntry> views();

const ViewEntry& entry_of(ViewKind kind);
const ViewEntry* find_view(std::string_view name);  // nullptr where there is none

}  // namespace tessera::ui
