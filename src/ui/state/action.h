#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tessera/model/model_card.h"
#include "tessera/model/preprocessing.h"
#include "ui/state/app_state.h"

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
struct HoverChannel {
  std::optional<int> channel;
};
struct PinChannel {
  int channel = 0;
};  // again: unpins
struct HoverPosition {
  std::optional<Position> position;
};
struct PinPosition {
  Position position;
};
struct Unpin {};

struct SetSheet {
  SheetOptions options;
};
struct SetLayerFilter {
  std::string text;
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

using Action =
    std::variant<action::OpenImage, action::OpenModel, action::ImageOpened, action::ModelOpened,
                 action::ImageFailed, action::ModelFailed, action::SetPreprocessing, action::SelectLayer,
                 action::HoverChannel, action::PinChannel, action::HoverPosition, action::PinPosition,
                 action::Unpin, action::SetSheet, action::SetLayerFilter, action::ToggleTheme,
                 action::ShowOverlay, action::ShowMessage, action::DismissMessage>;

using Actions = std::vector<Action>;

}  // namespace tessera::ui
