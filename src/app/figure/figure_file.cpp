#include "app/figure/figure_file.h"

#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <optional>
#include <utility>

#include "app/check_folder.h"
#include "app/data_folder.h"
#include "app/figure/make_figure.h"
#include "app/figure/offscreen_figure.h"
#include "app/icon_folders.h"
#include "app/python/python_script.h"
#include "tessera/base/error.h"
#include "tessera/figure/catalogue.h"
#include "tessera/figure/queries.h"
#include "tessera/session/check_queries.h"
#include "tessera/session/queries.h"
#include "ui/figures/caption.h"
#include "ui/figures/figure_views.h"
#include "ui/numbers/numbers_in_frames.h"
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
  explicit Patience(const std::function<void(std::size_t)>& instead) : instead_(instead) {}
  ~Patience() {
    if (told_) std::fputs("\r\033[K", stderr);
  }
  Patience(const Patience&) = delete;
  Patience& operator=(const Patience&) = delete;

  void tell(std::size_t missing) {
    if (instead_) {
      instead_(missing);
      return;
    }
    if (::isatty(STDERR_FILENO) == 0) return;
    std::fprintf(stderr, "\r\033[KComputing: %zu %s to go", missing, missing == 1 ? "answer" : "answers");
    told_ = true;
  }

 private:
  const std::function<void(std::size_t)>& instead_;
  bool told_ = false;
};

engine::EngineOptions waking(Wakeup& wakeup) {
  engine::EngineOptions options;
  options.notify = [&wakeup] { wakeup.wake(); };
  return options;
}

}  // namespace

FigureMaker::FigureMaker(session::ModelRef model)
    : model_(std::move(model)), core_(waking(wakeup_), icon_options(), check_folder()) {}

std::shared_ptr<const model::ModelCard> FigureMaker::card() {
  return core_.engine().wait(session::OpenModel{model_});
}

void FigureMaker::check(const session::ImageRef& image) { core_.engine().wait(session::OpenImage{image}); }

WrittenFigure FigureMaker::write(const session::ImageRef& image, const FigureOptions& options) {
  core_.engine().ask(session::OpenImage{image});
  const auto model = card();
  check(image);
  warn_of_failed_check(*model);
  ui::AppState state = opened(image, model_, *model);
  ui::apply_settings(state, options.figure, options.settings ? options.settings(*model) : figure::Settings{},
                     *model);
  WrittenFigure written;
  if (const figure::Figure* known = figure::find_figure(options.figure))
    written.caption = ui::caption_of({*known, ui::settings_of(state, options.figure, *model),
                                      image.file.path.filename().string(), *model});
  if (!options.file.empty()) write_picture(state, options, *model, written);
  if (!options.script.empty()) write_script(state, options);
  return written;
}

void FigureMaker::write_picture(const ui::AppState& state, const FigureOptions& options,
                                const model::ModelCard& card, WrittenFigure& written) {
  const ui::FigureView view = ui::figure_view(options.figure);
  OffscreenFigure drawn;
  drawn.state = state;
  FigureWish wish{options.figure, view.size,       options.scale, options.width.value_or(0),
                  options.dark,   options.caption, options.legend};
  drawn.view = view.draw;
  drawn.page = page_for(wish, drawn.state, card);
  wish.scale = drawn.scale = scale_for(wish, drawn.page);
  std::optional<Patience> patience(options.waiting);
  const Image picture = draw_offscreen(core_.engine(), wakeup_, drawn, find_data_folder(),
                                       [&](std::size_t missing) { patience->tell(missing); });
  patience.reset();
  const auto identity = core_.engine().wait(figure::IdentifyFile{state.image->file});
  save_figure(picture, provenance_for(wish, drawn.state, card, *identity, picture), options.file);
  written.width = picture.width;
  written.height = picture.height;
}

void FigureMaker::write_script(const ui::AppState& state, const FigureOptions& options) {
  engine::Engine& engine = core_.engine();
  ui::NumbersInFrames numbers;
  {
    Patience patience(options.waiting);
    while (!numbers.complete()) {
      engine.begin_frame();
      numbers.ask(state, engine);
      engine.end_frame();
      if (!numbers.failure().empty()) throw Error(numbers.failure());
      if (numbers.complete() || !numbers.waiting()) continue;
      patience.tell(engine.pending_in_frame());
      wakeup_.wait();
    }
  }
  write_python(numbers.take(), find_data_folder().python(), options.script);
}

void FigureMaker::warn_of_failed_check(const model::ModelCard& card) {
  const auto found = core_.engine().wait(session::FindCheck{session::checked_network(card)});
  if (!found->report || !check::failed(*found->report) || std::exchange(warned_, true)) return;
  const check::Count count = check::count(*found->report);
  std::cerr << "Warning: of the checks of " << card.name << " only " << count.passed << " of "
            << count.checked << " passed. `tessera check` says what may be wrong in its figures" << std::endl;
}

WrittenFigure write_figure(const session::ImageRef& image, const session::ModelRef& model,
                           const FigureOptions& options) {
  return FigureMaker(model).write(image, options);
}

}  // namespace tessera::app
