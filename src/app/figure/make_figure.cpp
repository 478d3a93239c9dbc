#include "app/figure/make_figure.h"

#include <algorithm>
#include <string>

#include "app/version.h"
#include "tessera/base/error.h"
#include "tessera/figure/catalogue.h"
#include "tessera/figure/queries.h"
#include "tessera/image/save.h"
#include "ui/figures/caption.h"
#include "ui/state/figure_settings.h"

namespace tessera::app {
namespace {

constexpr double pixels_per_inch = 96;  // of unscaled pixels
constexpr float least_scale = 0.25f;
constexpr float greatest_scale = 8;  // letters have to fit the graphics driver's textures

// Names from models may have anything in them; a provenance may not.
std::string printable(std::string text) {
  for (char& letter : text)
    if ((letter >= 0 && letter < ' ') || letter == 127) letter = ' ';
  return text.empty() ? "network" : text.substr(0, figure::longest_text);
}

}  // namespace

ui::FigurePage page_for(const FigureWish& wish, const ui::AppState& state, const model::ModelCard& card) {
  ui::FigurePage page;
  page.view_size = wish.view_size;
  page.theme = wish.dark ? ui::ThemeChoice::dark : ui::ThemeChoice::light;
  page.legend = wish.legend;
  if (const figure::Figure* known = figure::find_figure(wish.figure); known && wish.caption)
    page.caption = ui::caption_of(*known, ui::settings_of(state, wish.figure, card),
                                  state.image->file.path.filename().string(), card);
  return page;
}

float scale_for(const FigureWish& wish, const ui::FigurePage& page) {
  const float scale = wish.width > 0 ? float(wish.width) / ui::page_size(page).x : wish.scale;
  if (!(scale >= least_scale && scale <= greatest_scale))
    throw Error("this figure is drawn at " + std::to_string(int(ui::page_size(page).x * least_scale)) +
                    " to " + std::to_string(int(ui::page_size(page).x * greatest_scale)) + " pixels of width",
                std::to_string(wish.width), "Choose a width between");
  return scale;
}

figure::Provenance provenance_for(const FigureWish& wish, const ui::AppState& state,
                                  const model::ModelCard& card, const figure::FileIdentity& image,
                                  const Image& picture) {
  figure::Provenance made;
  made.version = version_number;
  made.figure = wish.figure;
  made.settings = ui::settings_of(state, wish.figure, card);
  made.model = {figure::plain_name(card.file), card.hash, state.model->file.size};
  made.model_title = printable(card.name);
  made.preprocessing = model::to_text(card.preprocessing);
  made.image = image;
  made.page = {picture.width, double(wish.scale), wish.dark, wish.caption, wish.legend};
  return made;
}

void save_figure(const Image& picture, const figure::Provenance& made, const std::filesystem::path& file) {
  image::save_png(picture, file, {{std::string(figure::provenance_keyword), figure::to_json(made)}},
                  pixels_per_inch * made.page.scale);
}

}  // namespace tessera::app
