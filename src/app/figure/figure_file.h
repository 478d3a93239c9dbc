#pragma once

#include <memory>

#include "app/core.h"
#include "app/figure/figure_options.h"
#include "app/figure/wakeup.h"
#include "tessera/model/model_card.h"
#include "tessera/session/references.h"
#include "ui/state/app_state.h"

namespace tessera::app {

// Draws figures without a window. One engine for all of them: the model is opened once, and what several
// figures show is computed once.
class FigureMaker {
 public:
  explicit FigureMaker(session::ModelRef model);
  FigureMaker(const FigureMaker&) = delete;
  FigureMaker& operator=(const FigureMaker&) = delete;

  // Opens the model. Throws Error.
  std::shared_ptr<const model::ModelCard> card();
  // Whether a picture can be opened. Throws Error where not.
  void check(const session::ImageRef& image);

  // Draws a figure of a picture and writes it as PNG, with its provenance; writes its script and numbers.
  // Where the network's last check is known and has failed, says so on stderr, once. Throws Error.
  WrittenFigure write(const session::ImageRef& image, const FigureOptions& options);

 private:
  void write_picture(const ui::AppState& state, const FigureOptions& options, const model::ModelCard& card,
                     WrittenFigure& written);
  void write_script(const ui::AppState& state, const FigureOptions& options);
  void warn_of_failed_check(const model::ModelCard& card);

  session::ModelRef model_;
  Wakeup wakeup_;
  Core core_;
  bool warned_ = false;
};

// One figure, by a maker of its own.
WrittenFigure write_figure(const session::ImageRef& image, const session::ModelRef& model,
                           const FigureOptions& options);

}  // namespace tessera::app
