#pragma once

#include <filesystem>
#include <string>

#include "tessera/figure/provenance.h"
#include "tessera/model/model_card.h"
#include "ui/state/export_state.h"

// What may be asked to be changed about figures in files: one struct a change.
namespace tessera::ui::action {

struct SetExport {
  ExportOptions options;
};
struct Export {
  std::filesystem::path file;
  ExportKind kind = ExportKind::picture;
};                   // with the options that are set
struct Exported {};  // the running one is in its file
struct ExportFailed {
  std::string why;
};
struct CancelExport {};

struct OpenFigure {
  std::filesystem::path file;
};  // or the ordinary picture that it is
struct FigureRead {
  figure::Provenance made;
};  // what the opening figure was made of
struct FigureImageFound {
  std::filesystem::path file;
};
struct FigureModelFound {
  std::filesystem::path file;
};
struct AskForFigureFile {};  // its image or model is unknown here
struct ChooseForFigure {
  std::filesystem::path file;
};  // for the file that is asked for
struct RestoreFigure {
  model::ModelCard card;
};  // image and model are open
struct FigureFailed {
  std::string why;
};
struct ForgetFigure {};

}  // namespace tessera::ui::action
