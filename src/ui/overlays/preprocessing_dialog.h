#pragma once

#include <optional>

#include "tessera/model/model_card.h"
#include "ui/context.h"

namespace tessera::ui {

// The values being edited; empty until the dialog opens.
struct PreprocessingMemory {
  std::optional<model::Preprocessing> edited;
};

// Asks how a picture becomes the network's input, for models that do not say.
void preprocessing_dialog(Context& context, const Rect& window, const model::ModelCard& card,
                          PreprocessingMemory& memory);

}  // namespace tessera::ui
