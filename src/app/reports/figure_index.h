#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tessera::app {

// A figure in a folder of figures, or why there is none.
struct IndexedFigure {
  std::string title;    // "Channel attribution"
  std::string file;     // relative to the index, with slashes
  std::string caption;  // what it shows, of which picture and model, with which settings
  std::string failure;  // a sentence, where it could not be made; else empty
};

struct IndexedImage {
  std::string name;     // "photo.jpg"
  std::string failure;  // a sentence, where it could not be opened; else empty
  std::vector<IndexedFigure> figures;
};

struct FigureIndex {
  std::string title;
  std::string model;    // "EfficientNet-Lite0"
  std::string version;  // of Tessera
  std::vector<IndexedImage> images;
};

// How an index that Tessera wrote begins to be recognised: files without it are somebody else's.
inline constexpr std::string_view index_mark = "<meta name=\"generator\" content=\"Tessera";

// One page without scripts, whose pictures lead to the files. `page`: assets/index.html, where @TITLE@,
// @MODEL@, @VERSION@ and @BODY@ stand. Everything that comes from outside is escaped.
std::string figure_index(const FigureIndex& index, std::string page);

std::string escaped_for_html(std::string_view text);
std::string escaped_for_url(std::string_view path);  // all but letters, digits, "-._~/"

}  // namespace tessera::app
