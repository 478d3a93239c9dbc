#include "app/figure/figure_file.h"

#include <unistd.h>

#include <cstdio>
#include <optional>
#include <utility>

#include "app/core.h"
#include "app/data_folder.h"
#include "app/figure/make_figure.h"
#include "app/figure/offscreen_figure.h"
#include "app/icon_folders.h"
#include "tessera/figure/queries.h"
#include "tessera/session/queries.h"
#include "ui/figures/figure_views.h"
#include "ui/state/figure_settings.h"
#include "ui/state/update.h"

namespace tessera::app {
namespace {

// As the window would have it once both are open.
ui::AppState opened(const session::ImageRef& image, const session::ModelRef& model,
                    const model::ModelCard& card) {
  ui::AppState state;
  state.pending_image = image;
  state.pending_model = model;
  ui::update(state, ui::action::ImageOpened{});
  ui::update(state, ui::action::ModelOpened{card});
  state.pending_model.reset();
  return state;
}

// Says on a terminal how much is still missing; what is quick, or runs unwatched, says nothing.
class Patience {
 public:
  Patience() = default;
  ~Patience() {
    if (told_) std::fputs("\r\033[K", stderr);
  }
  Patience(const Patience&) = delete;
  Patience& operator=(const Patience&) = delete;

  void tell(std::size_t missing) {
    if (::isatty(STDERR_FILENO) == 0) return;
    std::fprintf(stderr, "\r\033[KComputing: %zu %s to go", missing, missing == 1 ? "answer" : "answers");
    told_ = true;
  }

 private:
  bool told_ = false;
};

}  // namespace

WrittenFigure write_figure(const session::ImageRef& image, const session::ModelRef& model,
                           const FigureOptions& options) {
  Wakeup wakeup;
  engine::EngineOptions engine_options;
  engine_options.notify = [&wakeup] { wakeup.wake(); };
  Core core(std::move(engine_options), icon_options());
  engine::Engine& engine = core.engine();
  engine.ask(session::OpenImage{image});
  const auto card = engine.wait(session::OpenModel{model});
  engine.wait(session::OpenImage{image});

  const ui::FigureView view = ui::figure_view(options.figure);
  OffscreenFigure drawn;
  drawn.state = opened(image, model, *card);
  ui::apply_settings(drawn.state, options.figure,
                     options.settings ? options.settings(*card) : figure::Settings{}, *card);
  FigureWish wish{options.figure, view.size,       options.scale, options.width.value_or(0),
                  options.dark,   options.caption, options.legend};
  drawn.view = view.draw;
  drawn.page = page_for(wish, drawn.state, *card);
  wish.scale = drawn.scale = scale_for(wish, drawn.page);
  std::optional<Patience> patience;
  const Image picture = draw_offscreen(engine, wakeup, drawn, find_data_folder(), [&](std::size_t missing) {
    if (!patience) patience.emplace();
    patience->tell(missing);
  });
  patience.reset();
  const auto identity = engine.wait(figure::IdentifyFile{image.file});
  save_figure(picture, provenance_for(wish, drawn.state, *card, *identity, picture), options.file);
  return {picture.width, picture.height};
}

}  // namespace tessera::app
