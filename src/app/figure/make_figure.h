#pragma once

#include <string>

#include "tessera/figure/provenance.h"
#include "tessera/image/image.h"
#include "tessera/model/model_card.h"
#include "ui/figures/figure_page.h"

namespace tessera::app {

// How a figure is wanted, whoever draws it.
struct FigureWish {
  std::string figure;  // a name in the catalogue
  ImVec2 view_size;    // unscaled, what its view is drawn in
  float scale = 2;     // pixels for one unscaled pixel
  int width = 0;       // of the picture in pixels, instead of the scale; 0: none
  bool dark = false;
  bool caption = true;
  bool legend = true;
};

// The page, and the scale that gives the wish its width; throws Error where that is out of range.
ui::FigurePage page_for(const FigureWish& wish, const ui::AppState& state, const model::ModelCard& card);
float scale_for(const FigureWish& wish, const ui::FigurePage& page);

// What made it, without a view that is kept beside it. `picture`: as it was painted.
figure::Provenance provenance_for(const FigureWish& wish, const ui::AppState& state,
                                  const model::ModelCard& card, const figure::FileIdentity& image,
                                  const Image& picture);

// What made the view that `state` keeps.
figure::ViewProvenance provenance_of_kept(const ui::AppState& state, const figure::FileIdentity& image);

// Writes the picture as PNG with its provenance, atomically. Throws Error.
void save_figure(const Image& picture, const figure::Provenance& made, const std::filesystem::path& file);

}  // namespace tessera::app
