#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tessera/attribution/atoms.h"
#include "tessera/figure/setting.h"

namespace tessera::figure {

// A file as anybody would recognise it who has a copy: by what is in it.
struct FileIdentity {
  std::string name;         // without folders
  std::string hash;         // content_hash (base/content_hash.h)
  std::uint64_t bytes = 0;  // its length: a quick way to tell most files apart
  bool operator==(const FileIdentity&) const = default;
};

// What is around a figure in its file. Decides nothing of what the figure says.
struct Page {
  int width = 0;      // of the picture, in pixels
  double scale = 1;   // pixels for one unscaled pixel of the layout
  bool dark = false;  // theme
  bool caption = true;
  bool legend = true;
  bool operator==(const Page&) const = default;
};

// What a network was made to do without: atoms of a layer (session/removal.h).
struct Without {
  std::string layer;
  attribution::Atoms atoms;
  std::string name;  // for a person: "channel 17 of blocks.8.expand"
  bool operator==(const Without&) const = default;
};

// What a view shows, of which picture and which network.
struct ViewProvenance {
  std::string figure;  // a name in the catalogue
  Settings settings;   // all of the figure's that were set
  FileIdentity model;
  std::string model_title;         // "EfficientNet-Lite0"
  std::string preprocessing;       // as --preprocess takes it
  std::optional<Without> without;  // else the network has all that it has
  FileIdentity image;
  bool operator==(const ViewProvenance&) const = default;
};

// Everything that made a picture: enough to make it again, or to open the view that it shows.
struct Provenance : ViewProvenance {
  std::string version;                 // of Tessera
  std::optional<ViewProvenance> kept;  // the view that stands to the left of it, if any
  Page page;
  bool operator==(const Provenance&) const = default;
};

// The keyword of the text chunk that holds it in a PNG, and the longest text that is read.
inline constexpr std::string_view provenance_keyword = "tessera";
inline constexpr std::size_t longest_provenance = std::size_t(1) << 18;  // bytes

// JSON, ASCII only, so that every program that copies PNG text keeps it:
//   {"format": 1, "tessera": "0.1.0", "figure": "overview", "settings": {…},
//    "model": {"file", "hash", "bytes", "title", "preprocessing"}, "image": {"file", "hash", "bytes"},
//    "page": {"width", "scale", "theme", "caption", "legend"}}
// Only where there is a kept view, or a network does without something, the format is 2, so that what reads
// format 1 alone says that it is too old:
//   {"format": 2, … "kept": {"figure", "settings", "model", "image"}}, a "model" perhaps with
//   "without": {"layer", "name", "atoms"} (attribution/atoms.h)
// Throws Error where a setting does not fit the catalogue, or all of it is longer than `longest_provenance`.
std::string to_json(const Provenance& provenance);

// Reads either, without forgiveness: the text may come from anybody. Throws Error for another format (with
// what to do about a newer one), fields that are missing or unknown, figures and settings that are not in the
// catalogue, values out of range, names with folders in them, hashes that are none, and texts longer than
// `longest_provenance`.
Provenance provenance_from_json(std::string_view text);

}  // namespace tessera::figure
