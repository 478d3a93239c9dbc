#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tessera/model/model_card.h"
#include "tessera/model/preprocessing.h"
#include "ui/state/app_state.h"
#include "ui/state/compare_action.h"
#include "ui/state/figure_action.h"

// What a view may ask to be changed: one struct a change.
namespace tessera::ui::action {

struct OpenImage {
  std::filesystem::path file;
};
struct OpenModel {
  std::filesystem::path file;
};
struct ImageOpened {};  // the pending image has been decoded
struct ModelOpened {
  model::ModelCard card;
};  // the pending model has been loaded
struct ImageFailed {
  std::string why;
};
struct ModelFailed {
  std::string why;
};
struct SetPreprocessing {
  model::Preprocessing preprocessing;
};  // of the present model

struct SelectLayer {
  std::string layer;
};
struct ChooseView {
  ViewKind view = ViewKind::overview;
};
struct ToggleShownLayer {
  std::string layer;
  std::vector<std::string> shown;  // as they are now, in the model's order
};
struct Hover {
  Hovered hovered;
};
struct PinChannel {
  ChannelRef channel;
};  // again: unpins
struct PickChannel {
  ChannelRef channel;
};  // counted together with those of its layer that are picked already; again: not any more
struct PinGroup {
  GroupRef group;
};  // again: unpins
struct PinPlace {
  Place place;
};  // again: unpins
struct PinRegion {
  std::optional<Region> region;
};
struct ChooseClass {
  int index = 0;
  bool compare = false;                  // as the second of two
  std::optional<ObjectiveChoice> shown;  // the objective as it is, where the state leaves it to the verdict
};
struct Unpin {};

struct Undo {};
struct Redo {};

struct SetAttribution {
  AttributionOptions options;
};
struct ToggleAblation {};
struct SetZoom {
  Zoom zoom;
};
struct SetBasis {
  Basis basis = Basis::channels;
};
struct SetSpatial {
  SpatialOptions options;
};
struct SetGrids {
  GridOptions options;
};
struct SetCube {
  CubeOptions options;
};
struct SetBrush {
  Brush brush;
};
struct SetSpec {
  figure::FigureSpec spec;
};  // ignored where something speaks against it
struct SetGroups {
  GroupOptions options;
};
struct SetFlows {
  FlowOptions options;
};
struct GroupsShown {
  std::shared_ptr<const session::LayerGroups> groups;
};  // are on screen now
struct SetSheet {
  SheetOptions options;
};
struct SetLayerFilter {
  std::string text;
};
struct SetPanels {
  PanelLayout panels;
};
struct HoldWork {
  bool held = true;
};
struct ToggleTheme {};
struct ShowOverlay {
  Overlay overlay = Overlay::none;
};
struct ShowMessage {
  MessageKind kind = MessageKind::note;
  std::string text;
};
struct DismissMessage {
  std::uint64_t id = 0;
};

}  // namespace tessera::ui::action

namespace tessera::ui {

using Action = std::variant<
    action::OpenImage, action::OpenModel, action::ImageOpened, action::ModelOpened, action::ImageFailed,
    action::ModelFailed, action::SetPreprocessing, action::SelectLayer, action::ChooseView,
    action::ToggleShownLayer, action::Hover, action::PinChannel, action::PickChannel, action::PinGroup,
    action::PinPlace, action::PinRegion, action::ChooseClass, action::Unpin, action::Undo, action::Redo,
    action::SetAttribution, action::ToggleAblation, action::SetZoom, action::SetBasis, action::SetSpatial,
    action::SetGrids, action::SetCube, action::SetBrush, action::SetSpec, action::SetGroups, action::SetFlows,
    action::GroupsShown, action::SetSheet, action::SetLayerFilter, action::SetPanels, action::HoldWork,
    action::ToggleTheme, action::ShowOverlay, action::ShowMessage, action::DismissMessage, action::SetExport,
    action::Export, action::Exported, action::ExportFailed, action::CancelExport, action::OpenFigure,
    action::FigureRead, action::FigureImageFound, action::FigureModelFound, action::AskForFigureFile,
    action::ChooseForFigure, action::RestoreFigure, action::FigureFailed, action::ForgetFigure,
    action::KeepBeside, action::Release, action::DoWithout, action::HoverKept, action::PinKeptGroup>;

using Actions = std::vector<Action>;

// Whether it is a change of one of these kinds.
template <class... Kinds>
bool is_any_of(const Action& action) {
  return (std::holds_alternative<Kinds>(action) || ...);
}

}  // namespace tessera::ui
