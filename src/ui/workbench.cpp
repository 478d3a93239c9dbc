#include "ui/workbench.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "tessera/session/queries.h"
#include "ui/context.h"
#include "ui/opening.h"
#include "ui/overlays/messages.h"
#include "ui/overlays/provisional_caption.h"
#include "ui/overlays/recent_files.h"
#include "ui/overlays/shortcut_list.h"
#include "ui/panels/inspector.h"
#include "ui/panels/panel_dividers.h"
#include "ui/shortcuts.h"
#include "ui/state/update.h"
#include "ui/views/stage.h"
#include "ui/widgets/trust_badge.h"

namespace tessera::ui {
namespace {

constexpr float least_stage = 320;  // unscaled pixels: the panels give way to it
constexpr float folded_inspector = 22;

struct Columns {
  Rect rail;
  Rect stage;
  Rect inspector;
};

// Two views beside each other need the inspector's room; what it tells, they tell beside the mouse.
Columns columns(const Context& context, const Rect& window, const PanelLayout& panels, bool two_views) {
  constexpr float least = PanelLayout::least_width;
  const float all = window.width() / context.scale;
  float inspector = 0;
  if (!two_views)
    inspector = panels.inspector_open
                    ? std::clamp(all - least - least_stage, least, std::max(least, panels.inspector_width))
                    : folded_inspector;
  const float rail = std::clamp(all - inspector - least_stage, least, std::max(least, panels.rail_width));
  const float left = std::round(window.from.x + context.px(rail));
  const float right = std::round(window.to.x - context.px(inspector));
  return {{window.from, {left, window.to.y}},
          {{left, window.from.y}, {right, window.to.y}},
          {{right, window.from.y}, window.to}};
}

}  // namespace

Workbench::Workbench(engine::Engine& engine, render::Textures& textures, AppState initial, float scale)
    : engine_(engine), textures_(textures), state_(std::move(initial)), scale_(scale) {}

void Workbench::update(const Action& action) {
  ui::update(state_, action);
  changed_ = true;
}

// What was chosen replaces what is shown only once it has proved good.
void Workbench::settle_pending(Actions& actions) {
  if (state_.pending_image) {
    const auto answer = engine_.ask(session::OpenImage{*state_.pending_image}, engine::Visibility::focused);
    if (answer.ready()) actions.push_back(action::ImageOpened{});
    if (answer.failed()) {
      actions.push_back(action::ImageFailed{answer.error->what()});
      engine_.retry(session::OpenImage{*state_.pending_image});
    }
  }
  if (state_.pending_model) {
    const auto answer = engine_.ask(session::OpenModel{*state_.pending_model}, engine::Visibility::focused);
    if (answer.ready()) {
      actions.push_back(action::ModelOpened{*answer.value});
      model_name_ = answer.value->name;
    }
    if (answer.failed()) {
      actions.push_back(action::ModelFailed{answer.error->what()});
      engine_.retry(session::OpenModel{*state_.pending_model});
    }
  }
}

void Workbench::frame(const render::Fonts& fonts, const std::function<void()>& beside) {
  changed_ = false;
  engine_.hold(state_.work_held);
  engine_.begin_frame();
  marks_.begin_frame();
  const Theme colors = theme(state_.theme);
  apply_to_imgui(colors, scale_);
  Actions actions;
  Hovered hovered;
  Context context{engine_, textures_, fonts, colors, marks_, actions, hovered, scale_};
  if (drawn_) *drawn_ = {};
  context.drawn = drawn_;
  provisional_.begin_frame();
  context.provisional = &provisional_;
  settle_pending(actions);
  settle_figure(state_, engine_, actions);

  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const Rect window{{0, 0}, size};
  ImGui::SetNextWindowPos(window.from);
  ImGui::SetNextWindowSize(size);
  ImGui::PushFont(fonts.body);
  // On the page that the frame was cleared to: filled once more, it took a software renderer half of its
  // time.
  ImGui::Begin("workbench", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse |
                   ImGuiWindowFlags_NoBackground);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.px(8), context.px(6)});  // of tooltips
  const bool two_views = state_.kept.has_value();
  const Columns where = columns(context, window, state_.panels, two_views);
  const Rect usual = columns(context, window, PanelLayout{}, two_views).stage;
  view_size_ = {usual.width() / scale_ - 2 * Theme::margin, usual.height() / scale_ - 2 * Theme::margin};
  if (state_.kept) context.scales = &scales_;
  rail(state_, context, where.rail, rail_memory_);
  panel_dividers(context, state_.panels, where.rail, where.inspector, !two_views);
  if (state_.kept) context.beside = &state_.kept->state();
  stage(state_, context, where.stage);
  context.scales = nullptr;
  context.beside = nullptr;
  if (!state_.kept) inspector(state_, context, where.inspector);
  const float caption = provisional_caption(context, provisional_, where.stage);
  work_strip(state_, context, where.stage, caption, work_);
  ImGui::PopStyleVar();
  ImGui::End();

  std::shared_ptr<const model::ModelCard> card;
  if (state_.model) card = engine_.peek(session::OpenModel{*state_.model}).value;
  if (state_.overlay == Overlay::shortcuts) shortcut_list(context, window);
  if (state_.overlay == Overlay::open_image) open_panel(state_, context, window, image_files_);
  if (state_.overlay == Overlay::open_model) open_panel(state_, context, window, model_files_);
  if (state_.overlay == Overlay::figure_file) {
    const auto missing = missing_file(state_);
    figure_file_panel(state_, context, window,
                      missing && !missing->is_image ? figure_models_ : figure_images_);
  }
  if (state_.overlay == Overlay::export_figure)
    export_dialog(state_, context, window, view_size_, export_);
  else
    export_.is_open = false;
  if (state_.overlay == Overlay::recent_files) recent_files(state_, context, window);
  if (state_.overlay == Overlay::trust) trust_detail(state_, context, window);
  if (state_.overlay == Overlay::check && card) check_table(state_, context, window, *card, check_);
  if (state_.overlay == Overlay::preprocessing && card)
    preprocessing_dialog(context, window, *card, preprocessing_);
  if (state_.overlay != Overlay::preprocessing) preprocessing_.edited.reset();
  messages(state_, context, where.stage);
  handle_shortcuts(state_, context);
  ImGui::PopFont();
  if (beside) beside();
  engine_.end_frame();
  textures_.end_frame();

  if (scales_.next_frame(state_.attribution.one_scale)) changed_ = true;

  // Hovering belongs to the layer that was drawn: it comes before anything that may change the layer.
  if (state_.overlay != Overlay::none) hovered = {};
  if (hovered != state_.selection.hovered) update(action::Hover{hovered});
  for (const Action& action : actions) update(action);
}

void Workbench::drop(std::span<const std::filesystem::path> files) {
  for (const auto& file : files) {
    if (looks_like_image(file))
      update(opening_of_image(file));
    else if (looks_like_model(file))
      update(action::OpenModel{file});
    else
      update(action::ShowMessage{MessageKind::error,
                                 file.filename().string() +
                                     ": neither an image nor a TorchScript model by its name. Drop a "
                                     "PNG, JPEG or BMP, or a .pt file"});
  }
}

std::string Workbench::window_title() const {
  std::string title;
  if (state_.image) title += state_.image->file.path.filename().string() + " — ";
  if (!model_name_.empty()) title += model_name_ + " — ";
  return title + "Tessera";
}

}  // namespace tessera::ui
