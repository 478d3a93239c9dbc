#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "tessera/figure/provenance.h"
#include "tessera/session/references.h"

namespace tessera::ui {

enum class ExportTheme { light, present };

// How the present view is to be written into a file.
struct ExportOptions {
  float scale = 2;  // pixels for one unscaled pixel …
  int width = 0;    // … or the width of the picture in pixels, where it is not 0
  ExportTheme theme = ExportTheme::light;
  bool caption = true;
  bool legend = true;
  bool operator==(const ExportOptions&) const = default;
};

enum class ExportKind {
  picture,  // a PNG
  python    // a script, and its arrays beside it
};

// A file that is being made: first all of the view has to be there, then it is painted and written.
struct RunningExport {
  std::uint64_t id = 0;
  std::filesystem::path file;
  ExportOptions options;  // of a picture
  ExportKind kind = ExportKind::picture;
};

struct ExportState {
  ExportOptions options;         // as chosen last
  std::filesystem::path folder;  // where the last one went; empty: nowhere yet
  std::optional<RunningExport> running;
  std::uint64_t next = 1;
};

// A view of a figure that is being opened, and what it is of as far as that was found here.
struct OpeningView {
  figure::ViewProvenance made;
  std::optional<std::filesystem::path> image;  // nothing: not found yet
  std::optional<std::filesystem::path> model;
};

// A PNG that may be a figure, on its way to being the view that it shows, or the two: first the one that is
// kept, as a person would do it. Nothing is opened before all files are found.
struct OpeningFigure {
  session::FileStamp file;
  std::vector<OpeningView> views;               // empty: still being read
  std::size_t restored = 0;                     // so many of them
  std::optional<std::filesystem::path> chosen;  // by hand for what is missing: looked at first

  void read(const figure::Provenance& made);
  // The first view that lacks a file; nothing where none does.
  std::optional<std::size_t> lacking() const {
    for (std::size_t i = 0; i < views.size(); ++i)
      if (!views[i].image || !views[i].model) return i;
    return std::nullopt;
  }
};

}  // namespace tessera::ui
