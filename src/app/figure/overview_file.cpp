#include "app/figure/overview_file.h"

#include <nlohmann/json.hpp>

#include "app/core.h"
#include "app/data_folder.h"
#include "app/figure/offscreen_figure.h"
#include "app/icon_folders.h"
#include "tessera/image/save.h"
#include "tessera/session/queries.h"

namespace tessera::app {
namespace {

constexpr double pixels_per_inch = 96;  // of unscaled pixels

std::string provenance(const session::ImageRef& image, const model::ModelCard& card) {
  const nlohmann::ordered_json json{{"figure", "overview"},
                                    {"model", {{"file", card.file.filename().string()}, {"hash", card.hash}}},
                                    {"image", {{"file", image.file.path.filename().string()}}}};
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

WrittenFigure write_overview(const session::ImageRef& image, const session::ModelRef& model,
                             const OverviewOptions& options) {
  Wakeup wakeup;
  engine::EngineOptions engine_options;
  engine_options.notify = [&wakeup] { wakeup.wake(); };
  Core core(std::move(engine_options), icon_options());
  // The network loads while the graphics driver starts.
  core.engine().ask(session::OpenModel{model});
  core.engine().ask(session::OpenImage{image});
  const ui::FigureRequest request{model, image,
                                  options.dark ? ui::ThemeChoice::dark : ui::ThemeChoice::light};
  const Image picture = draw_overview(core.engine(), wakeup, request, find_data_folder(), options.scale);
  const auto card = core.engine().wait(session::OpenModel{model});
  image::save_png(picture, options.file, {{"tessera", provenance(image, *card)}},
                  pixels_per_inch * double(options.scale));
  return {picture.width, picture.height};
}

}  // namespace tessera::app
