#include "app/figure/exporter.h"

#include <chrono>
#include <exception>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "app/figure/figure_painter.h"
#include "app/figure/make_figure.h"
#include "app/figure/page_units.h"
#include "tessera/base/error.h"
#include "tessera/figure/queries.h"
#include "tessera/session/queries.h"
#include "ui/figures/figure_views.h"

namespace tessera::app {
namespace {}  // namespace

struct Exporter::Drawing {
  std::uint64_t id;
  std::filesystem::path file;
  ui::AppState state;  // as it was when the figure was asked for
  FigureWish wish;
  ui::View view;
  ui::SharedScales scales;  // of two views
  ImVec2 view_size;
  std::unique_ptr<FigurePainter> painter;  // once the model is known, whose name the caption has
  ui::FigurePage page;
  std::shared_ptr<const model::ModelCard> card;
  std::shared_ptr<const figure::FileIdentity> image;
  std::shared_ptr<const figure::FileIdentity> kept_image;  // of the view that is kept, if one is
  int complete_frames = 0;
  float height = 0;  // of what is drawn, unscaled
  std::exception_ptr failure;
};

struct Exporter::Writing {
  std::promise<void> promise;
  std::future<void> done = promise.get_future();
  std::jthread thread;  // goes first, and is waited for
};

Exporter::Exporter(engine::Engine& engine, render::Textures& textures, DataFolder data,
                   std::function<void()> wake)
    : engine_(engine), textures_(textures), data_(std::move(data)), wake_(std::move(wake)) {}

Exporter::~Exporter() = default;

void Exporter::start(const ui::AppState& state, ImVec2 view_size) {
  const ui::RunningExport& wanted = *state.exports.running;
  last_ = wanted.id;
  drawing_ = std::make_unique<Drawing>();
  Drawing& drawing = *drawing_;
  drawing.id = wanted.id;
  drawing.file = wanted.file;
  drawing.state = state;
  drawing.view_size = view_size;
  const ui::ExportOptions& options = wanted.options;
  const bool dark = options.theme == ui::ExportTheme::present && state.theme == ui::ThemeChoice::dark;
  drawing.wish = {ui::figure_of(state), view_size,     options.scale, options.width, dark,
                  options.caption,      options.legend};
  drawing.view = ui::drawn_view(state, drawing.wish.figure);
}

void Exporter::ask(const ui::AppState& state, ImVec2 view_size) {
  const auto& running = state.exports.running;
  if (drawing_ && (!running || running->id != drawing_->id)) drawing_.reset();  // cancelled
  if (running && running->kind == ui::ExportKind::picture && running->id != last_ && !writing_)
    start(state, view_size);
  if (!drawing_ || drawing_->failure) return;
  Drawing& drawing = *drawing_;
  try {
    drawing.image = engine_.ask(figure::IdentifyFile{drawing.state.image->file}).value;
    drawing.card = engine_.ask(session::OpenModel{*drawing.state.model}).value;
    if (drawing.state.kept)
      drawing.kept_image = engine_.ask(figure::IdentifyFile{drawing.state.kept->state().image->file}).value;
    if (!drawing.card || !drawing.image || (drawing.state.kept && !drawing.kept_image)) return;
    if (!drawing.painter) {
      drawing.page = page_for(drawing.wish, drawing.state, *drawing.card);
      drawing.wish.scale = scale_for(drawing.wish, drawing.page);
      drawing.painter =
          std::make_unique<FigurePainter>(data_, ui::page_size(drawing.page), drawing.wish.scale);
    }
    drawing.painter->frame([&] {
      const ui::FigureTools tools{engine_, textures_, drawing.painter->fonts(), drawing.wish.scale,
                                  &drawing.scales};
      const ui::FigureStatus status = ui::draw_figure(drawing.state, drawing.view, drawing.page, tools);
      if (!status.failure.empty()) throw std::runtime_error(status.failure);
      drawing.height = status.height;
      drawing.complete_frames = status.complete ? drawing.complete_frames + 1 : 0;
    });
  } catch (...) {
    drawing.failure = std::current_exception();
  }
}

std::optional<ui::Action> Exporter::advance() {
  const auto outcome = [](const auto& get) -> ui::Action {
    try {
      get();
      return ui::action::Exported{};
    } catch (const std::exception& error) {
      return ui::action::ExportFailed{error.what()};
    }
  };
  if (writing_ && writing_->done.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
    const std::unique_ptr<Writing> done = std::exchange(writing_, nullptr);
    return outcome([&] { done->done.get(); });
  }
  if (!drawing_) return std::nullopt;
  if (drawing_->failure) {
    const std::unique_ptr<Drawing> failed = std::exchange(drawing_, nullptr);
    return outcome([&] { std::rethrow_exception(failed->failure); });
  }
  if (drawing_->complete_frames < frames_to_settle) return std::nullopt;
  try {
    if (!drawing_->painter->paint(drawing_->height)) return std::nullopt;
    Image picture = drawing_->painter->take();
    figure::Provenance made =
        provenance_for(drawing_->wish, drawing_->state, *drawing_->card, *drawing_->image, picture);
    if (drawing_->kept_image) made.kept = provenance_of_kept(drawing_->state, *drawing_->kept_image);
    writing_ = std::make_unique<Writing>();
    writing_->thread = std::jthread([picture = std::move(picture), made = std::move(made),
                                     file = drawing_->file, wake = wake_, &promise = writing_->promise] {
      try {
        save_figure(picture, made, file);
        promise.set_value();
      } catch (...) {
        promise.set_exception(std::current_exception());
      }
      wake();
    });
    drawing_.reset();
  } catch (...) {
    drawing_->failure = std::current_exception();
  }
  return std::nullopt;
}

// Painting goes on from frame to frame; everything else ends with a wake.
bool Exporter::wants_frame() const {
  return drawing_ && (drawing_->failure || drawing_->complete_frames > 0);
}

}  // namespace tessera::app
