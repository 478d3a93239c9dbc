#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

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

// A PNG that may be a figure, on its way to being the view that it shows.
struct OpeningFigure {
  session::FileStamp file;
  std::optional<figure::Provenance> made;      // nothing: still being read
  std::optional<std::filesystem::path> image;  // nothing: not found yet
  std::optional<std::filesystem::path> model;
  std::optional<std::filesystem::path> chosen;  // by hand for what is missing: looked at first
};

}  // namespace tessera::ui
