#include "app/figure/make_figure.h"

#include <algorithm>
#include <string>

#include "app/figure/page_units.h"
#include "app/version.h"
#include "tessera/base/error.h"
#include "tessera/figure/catalogue.h"
#include "tessera/figure/queries.h"
#include "tessera/image/save.h"
#include "ui/figures/caption.h"
#include "ui/figures/figure_views.h"
#include "ui/state/figure_settings.h"

namespace tessera::app {
namespace {

constexpr float least_scale = 0.25f;
constexpr float greatest_scale = 8;  // letters have to fit the graphics driver's textures

// Names from models may have anything in them; a provenance may not.
std::string printable(std::string text) {
  for (char& letter : text)
    if ((letter >= 0 && letter < ' ') || letter == 127) letter = ' ';
  return text.empty() ? "network" : text.substr(0, figure::longest_text);
}

figure::ViewProvenance provenance_of_view(const std::string& figure, const ui::AppState& state,
                                          const model::ModelCard& card, const figure::FileIdentity& image) {
  figure::ViewProvenance made;
  made.figure = figure;
  made.settings = ui::settings_of(state, figure, card);
  made.model = {figure::plain_name(card.file), card.hash, state.model->file.size};
  made.model_title = printable(card.name);
  made.preprocessing = model::to_text(card.preprocessing);
  if (const auto& without = state.model->without)
    made.without = figure::Without{without->layer, without->atoms, printable(without->name)};
  made.image = image;
  return made;
}

// In the words of the figure, of the picture and of the network; "" for an unknown figure.
std::string caption_for(const std::string& figure, const ui::AppState& state, const model::ModelCard& card) {
  const figure::Figure* known = figure::find_figure(figure);
  if (!known) return {};
  const auto part_of = [](const figure::Figure& shown, const ui::AppState& of, const model::ModelCard& with) {
    return ui::CaptionPart{shown, ui::settings_of(of, shown.name, with),
                           of.image->file.path.filename().string(), with,
                           of.model->without ? of.model->without->name : std::string()};
  };
  const ui::CaptionPart now = part_of(*known, state, card);
  if (!state.kept) return ui::caption_of(now);
  const ui::AppState kept = state_of_kept(state);
  const figure::Figure* left = figure::find_figure(ui::figure_of(kept));
  return left ? ui::caption_of(part_of(*left, kept, *state.kept->card), now) : ui::caption_of(now);
}

}  // namespace

ui::FigurePage page_for(const FigureWish& wish, const ui::AppState& state, const model::ModelCard& card) {
  ui::FigurePage page;
  page.view_size = wish.view_size;
  page.theme = wish.dark ? ui::ThemeChoice::dark : ui::ThemeChoice::light;
  page.legend = wish.legend;
  page.two_views = state.kept.has_value();
  if (wish.caption) page.caption = caption_for(wish.figure, state, card);
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
  static_cast<figure::ViewProvenance&>(made) = provenance_of_view(wish.figure, state, card, image);
  made.version = version_number;
  made.page = {picture.width, double(wish.scale), wish.dark, wish.caption, wish.legend};
  return made;
}

figure::ViewProvenance provenance_of_kept(const ui::AppState& state, const figure::FileIdentity& image) {
  const ui::AppState& kept = state.kept->state();
  return provenance_of_view(ui::figure_of(kept), kept, *state.kept->card, image);
}

void save_figure(const Image& picture, const figure::Provenance& made, const std::filesystem::path& file) {
  image::save_png(picture, file, {{std::string(figure::provenance_keyword), figure::to_json(made)}},
                  pixels_per_inch * made.page.scale);
}

}  // namespace tessera::app
