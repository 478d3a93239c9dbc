#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tessera/attribution/rules.h"
#include "tessera/session/references.h"
#include "ui/state/brush.h"
#include "ui/state/cube_options.h"
#include "ui/state/export_state.h"
#include "ui/state/group_options.h"
#include "ui/state/history.h"
#include "ui/state/kept_figure.h"
#include "ui/state/panel_layout.h"
#include "ui/state/selection.h"

namespace tessera::ui {

enum class ThemeChoice { light, dark };
enum class ChannelSort { mean, spread, index };  // of the contact sheet; spread: standard deviation
enum class ScaleMode {
  shared,
  per_channel
};                                         // one colour scale for the layer, or each channel on its own range
enum class MapSampling { cells, smooth };  // heat maps as the layer's own cells, or interpolated

struct SheetOptions {
  ChannelSort sort = ChannelSort::spread;
  ScaleMode scale = ScaleMode::shared;
  MapSampling sampling = MapSampling::cells;
  float tile = 56;  // side of a tile in unscaled pixels
};

enum class AttributionMethod { path, linear };
enum class ChannelMap { activation, attribution };  // what a channel's map on the picture shows

// How contributions are computed and drawn, in all views alike.
struct AttributionOptions {
  AttributionMethod method = AttributionMethod::path;
  attribution::GradientRules rules;
  bool show_difference = false;  // maps: what cancelling the checkerboard changes, instead of either
  ChannelMap map = ChannelMap::activation;
  bool one_scale = true;  // panels that are compared share their scale
  bool operator==(const AttributionOptions&) const = default;
};

enum class Basis { channels, components, groups };  // what an activation vector is broken into

// The part of a picture or a grid that is shown, alike in all that show it.
struct Zoom {
  float factor = 1;  // 1: all of it
  float y = 0.5f;    // the middle of what is shown, in shares of the whole
  float x = 0.5f;
  bool operator==(const Zoom&) const = default;
};
Zoom clamped(Zoom zoom);  // to 1…32, and to what there is

struct SpatialOptions {
  int factors = 3;  // hues, 2 to 6
  bool operator==(const SpatialOptions&) const = default;
};

enum class CellSize { whole, area, side };  // whole cells; or area, or side, in proportion to magnitude
enum class CellContent { icons, components };
struct GridOptions {
  CellSize size = CellSize::whole;
  CellContent content = CellContent::icons;
  bool operator==(const GridOptions&) const = default;
};

enum class MessageKind { error, warning, note };

struct Message {
  std::uint64_t id = 0;
  MessageKind kind = MessageKind::note;
  std::string text;
};

// What floats over the stage, if anything.
enum class Overlay {
  none,
  shortcuts,
  open_image,
  open_model,
  recent_files,
  preprocessing,
  trust,
  check,
  export_figure,
  figure_file
};

// Everything the views draw from. Only `update` changes it.
struct AppState {
  std::optional<session::ImageRef> image;  // the one on screen
  std::optional<session::ImageRef>
      pending_image;  // chosen, still opening: replaces `image` when it has succeeded
  std::optional<session::ModelRef> model;
  std::optional<session::ModelRef> pending_model;

  Selection selection;
  History history;
  std::optional<Selection> restored;  // what the pending model is to be looked at with, if anything
  AttributionOptions attribution;
  bool show_ablation = false;  // what happens without the hovered or pinned atom, beside what is predicted
  Basis basis = Basis::channels;
  SpatialOptions spatial;
  GridOptions grids;
  CubeOptions cube;
  Brush brush;
  GroupOptions groups;
  FlowOptions flows;
  GroupMemory group_memory;
  Zoom zoom;
  SheetOptions sheet;
  std::string layer_filter;
  PanelLayout panels;

  bool work_held = false;  // what is missing is not computed until it is wanted again

  ThemeChoice theme = ThemeChoice::light;
  Overlay overlay = Overlay::none;
  std::vector<Message> messages;
  std::uint64_t next_message = 1;

  ExportState exports;
  std::optional<OpeningFigure> opening_figure;
  std::optional<KeptFigure> kept;  // stands beside what all of the above shows

  std::vector<std::filesystem::path> recent_images;  // newest first
  std::vector<std::filesystem::path> recent_models;
  std::vector<std::filesystem::path> bundled;  // pictures and models that Tessera brings along

  // What was chosen for models that do not say it themselves, by their hash.
  std::map<std::string, model::Preprocessing> known_preprocessing;
  std::string model_hash;  // of `model`
};

}  // namespace tessera::ui
