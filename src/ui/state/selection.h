#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tessera/figure/spec.h"

namespace tessera::ui {

// A cell of a layer's grid.
struct Position {
  int y = 0;
  int x = 0;
  bool operator==(const Position&) const = default;
};

struct ChannelRef {
  std::string layer;
  int channel = 0;
  bool operator==(const ChannelRef&) const = default;
};

// Channels of one layer that are counted together.
struct PickedChannels {
  std::string layer;          // empty where there are none
  std::vector<int> channels;  // ascending
  bool operator==(const PickedChannels&) const = default;
};

struct GroupRef {
  std::string layer;
  int group = 0;
  bool operator==(const GroupRef&) const = default;
};

// A position that can be compared between layers: where on the picture as the network sees it, in shares of
// its height and width, and in which layer it was pointed at. A cell is told by its centre.
struct Place {
  std::string layer;
  float y = 0;
  float x = 0;
  bool operator==(const Place&) const = default;
};

Place place_of(const std::string& layer, Position cell, int height, int width);
// The cell of a grid that holds the place; for the layer that it was made for, the cell it was made of.
Position cell_of(const Place& place, int height, int width);

// A rectangle of positions, in shares of the picture as a place is.
struct Region {
  float top = 0;
  float left = 0;
  float bottom = 1;
  float right = 1;
  bool operator==(const Region&) const = default;
};
bool holds(const Region& region, Position cell, int height, int width);  // the cell's centre

// One class, or two to compare.
struct ObjectiveChoice {
  int plus = 0;
  std::optional<int> minus;
  bool operator==(const ObjectiveChoice&) const = default;
};

enum class ViewKind {
  overview,
  dictionary,
  grids,
  spatial,
  channels,
  comparison,
  groups,
  flows,
  sheet,
  cube,
  space
};

// What is under the mouse, whichever view it belongs to.
struct Hovered {
  std::optional<ChannelRef> channel;
  std::optional<Place> place;
  std::optional<int> class_index;
  std::optional<GroupRef> group;
  bool operator==(const Hovered&) const = default;
};

// What stays until it is unpinned. (A class is pinned by making it the objective.)
struct Pinned {
  std::optional<ChannelRef> channel;
  std::optional<Place> place;
  std::optional<Region> region;
  std::optional<GroupRef> group;
  PickedChannels picked;
  bool operator==(const Pinned&) const = default;
};

// What the design space shows first: icons of channels.
figure::FigureSpec first_spec();

// What is looked at, in all views alike. All of it but what is hovered can be undone.
struct Selection {
  ViewKind view = ViewKind::overview;
  std::string layer;                         // that views of one layer show; empty until a model is open
  std::vector<std::string> layers;           // that views of several layers show; empty: those suggested
  std::optional<ObjectiveChoice> objective;  // nothing: the likeliest class
  Pinned pinned;
  // What the design space shows: without settings, which are the state's own.
  figure::FigureSpec spec = first_spec();
  Hovered hovered;

  // What is hovered goes before what is pinned.
  const std::optional<ChannelRef>& channel() const {
    return hovered.channel ? hovered.channel : pinned.channel;
  }
  const std::optional<Place>& place() const { return hovered.place ? hovered.place : pinned.place; }

  const std::optional<GroupRef>& group() const { return hovered.group ? hovered.group : pinned.group; }

  // Channels of one layer alone.
  std::optional<int> channel_in(const std::string& of_layer) const { return channel_of(channel(), of_layer); }
  std::optional<int> hovered_in(const std::string& of_layer) const {
    return channel_of(hovered.channel, of_layer);
  }
  std::optional<int> pinned_in(const std::string& of_layer) const {
    return channel_of(pinned.channel, of_layer);
  }

  bool operator==(const Selection&) const = default;

 private:
  static std::optional<int> channel_of(const std::optional<ChannelRef>& one, const std::string& of_layer) {
    return one && one->layer == of_layer ? std::optional(one->channel) : std::nullopt;
  }
};

// Without what is hovered.
Selection settled(Selection selection);

}  // namespace tessera::ui
