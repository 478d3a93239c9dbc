#pragma once

#include "ui/space/panel_scene.h"

// The kinds of panel that a figure's plan is made of, one function each. All ask for what they need, draw
// what is there, and return whether that is anything of what they are to show.
namespace tessera::ui {

struct AtomValues;

inline constexpr float panel_head_height = 24;  // unscaled pixels, over a panel's maps and cubes

// By its kind, under a few lines that say what it shows. Marked "space/panel/INDEX", and "space/drawn/INDEX"
// once it shows it.
void draw_panel(const PanelScene& panels, const figure::Panel& panel, std::size_t index, int title_lines,
                const Rect& where);

// maps.cpp: what lies over the picture.
bool picture_panel(const PanelScene& panels, const Rect& where);
bool color_planes_panel(const PanelScene& panels, const Rect& where);
bool heat_map_panel(const PanelScene& panels, std::size_t element, const Rect& where);
bool group_overlay_panel(const PanelScene& panels, std::size_t element, const Rect& where);
bool icon_grid_panel(const PanelScene& panels, std::size_t element, const Rect& where);

// strips.cpp: tiles in an order. Marked "space/tile/ELEMENT/LAYER/ATOM".
bool strip_panel(const PanelScene& panels, std::size_t element, const Rect& where);

// bars.cpp: rows with numbers. Marked "space/bar/ELEMENT/LAYER/ATOM".
bool class_bars_panel(const PanelScene& panels, std::size_t element, const Rect& where);
bool bars_panel(const PanelScene& panels, std::size_t element, const Rect& where);
bool balance_panel(const PanelScene& panels, std::size_t element, const Rect& where);

// wholes.cpp: what is drawn as one.
bool view_panel(const PanelScene& panels, const std::string& view, const Rect& where);
bool group_table_panel(const PanelScene& panels, std::size_t element, const Rect& where);
bool ribbons_panel(const PanelScene& panels, std::size_t element, const Rect& where);
bool cube_panel(const PanelScene& panels, std::size_t element, const Rect& where);

// What stands in for values that are not there: how far they are, or why they are missing. True where they
// are there.
bool has_values(Context& context, const AtomValues& known, const Rect& where);

// Side by side or beneath each other, with a gap.
std::vector<Rect> side_by_side(const Context& context, const Rect& where, std::size_t count);
std::vector<Rect> beneath_each_other(const Context& context, const Rect& where, std::size_t count);

// The largest rectangle of an aspect (height by width) in the upper left of another.
Rect fitted(const Rect& where, float aspect);

// What an atom is called and does when it is pointed at, in all panels alike: "channel 17", "group 2",
// "17 at 3, 4", "colour plane 1".
std::string name_of_atom(const figure::Element& element, const model::LayerInfo& layer, int atom);
bool is_marked(const Selection& selection, const figure::Element& element, const model::LayerInfo& layer,
               int atom);
void point_at(Context& context, const figure::Element& element, const model::LayerInfo& layer, int atom,
              const Rect& where);

}  // namespace tessera::ui
