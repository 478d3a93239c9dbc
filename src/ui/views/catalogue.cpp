#include "ui/views/catalogue.h"

#include <algorithm>
#include <array>

#include "ui/views/channels.h"
#include "ui/views/comparison.h"
#include "ui/views/cube.h"
#include "ui/views/dictionary.h"
#include "ui/views/flows.h"
#include "ui/views/grids.h"
#include "ui/views/groups.h"
#include "ui/views/overview.h"
#include "ui/views/sheet.h"
#include "ui/views/space.h"
#include "ui/views/spatial.h"

namespace tessera::ui {
namespace {

constexpr std::array entries{
    ViewEntry{ViewKind::overview, "overview", "Image and classes", Key::one, "1", &overview_view},
    ViewEntry{ViewKind::dictionary, "dictionary", "Semantic dictionary", Key::two, "2", &dictionary_view},
    ViewEntry{ViewKind::grids, "grids", "Activation grids", Key::three, "3", &grids_view},
    ViewEntry{ViewKind::spatial, "spatial", "Spatial attribution", Key::four, "4", &spatial_view},
    ViewEntry{ViewKind::channels, "channels", "Channel attribution", Key::five, "5", &channels_view},
    ViewEntry{ViewKind::comparison, "comparison", "Class comparison", Key::six, "6", &comparison_view},
    ViewEntry{ViewKind::groups, "groups", "Neuron groups", Key::seven, "7", &groups_view},
    ViewEntry{ViewKind::flows, "flows", "Group flows", Key::eight, "8", &flows_view},
    ViewEntry{ViewKind::cube, "cube", "Cube", Key::nine, "9", &cube_view},
    ViewEntry{ViewKind::sheet, "sheet", "One layer’s channels", Key::zero, "0", &sheet_view},
    ViewEntry{ViewKind::space, "space", "Design space", Key::d, "d", &space_view},
};

}  // namespace

std::span<const ViewEntry> views() { return entries; }

const ViewEntry& entry_of(ViewKind kind) {
  const auto found = std::ranges::find(entries, kind, &ViewEntry::kind);
  return found == entries.end() ? entries.front() : *found;
}

const ViewEntry* find_view(std::string_view name) {
  const auto found = std::ranges::find(entries, name, &ViewEntry::name);
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace tessera::ui
