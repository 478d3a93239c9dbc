#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tessera/session/references.h"

namespace tessera::ui {

enum class ThemeChoice { light, dark };
enum class ChannelSort { mean, spread, index };  // of the contact sheet; spread: standard deviation
enum class ScaleMode {
  shared,
  per_channel
};                                         // one colour scale for the layer, or each channel on its own range
enum class MapSampling { cells, smooth };  // heat maps as the layer's own cells, or interpolated

struct Position {
  int y = 0;
  int x = 0;
  bool operator==(const Position&) const = default;
};

// What is looked at. Hovered things are forgotten when the mouse leaves; pinned ones stay until unpinned.
struct Selection {
  std::string layer;  // empty until a model is open
  std::optional<int> hovered_channel;
  std::optional<int> pinned_channel;
  std::optional<Position> hovered_position;
  std::optional<Position> pinned_position;

  std::optional<int> channel() const { return hovered_channel ? hovered_channel : pinned_channel; }
  std::optional<Position> position() const { return hovered_position ? hovered_position : pinned_position; }
};

struct SheetOptions {
  ChannelSort sort = ChannelSort::spread;
  ScaleMode scale = ScaleMode::shared;
  MapSampling sampling = MapSampling::cells;
  float tile = 56;  // side of a tile in unscaled pixels
};

enum class MessageKind { error, warning, note };

struct Message {
  std::uint64_t id = 0;
  MessageKind kind = MessageKind::note;
  std::string text;
};

// What floats over the stage, if anything.
enum class Overlay { none, shortcuts, open_image, open_model, recent_files, preprocessing };

// Everything the views draw from. Only `update` changes it.
struct AppState {
  std::optional<session::ImageRef> image;  // the one on screen
  std::optional<session::ImageRef>
      pending_image;  // chosen, still opening: replaces `image` when it has succeeded
  std::optional<session::ModelRef> model;
  std::optional<session::ModelRef> pending_model;

  Selection selection;
  SheetOptions sheet;
  std::string layer_filter;

  ThemeChoice theme = ThemeChoice::light;
  Overlay overlay = Overlay::none;
  std::vector<Message> messages;
  std::uint64_t next_message = 1;

  std::vector<std::filesystem::path> recent_images;  // newest first
  std::vector<std::filesystem::path> recent_models;

  // What was chosen for models that do not say it themselves, by their hash.
  std::map<std::string, model::Preprocessing> known_preprocessing;
  std::string model_hash;  // of `model`
};

}  // namespace tessera::ui
