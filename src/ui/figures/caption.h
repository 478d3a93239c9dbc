#pragma once

#include <string>

#include "tessera/figure/catalogue.h"
#include "tessera/model/model_card.h"

namespace tessera::ui {

// What stands beneath a figure: what it is, of which picture and network, and every setting that is not as
// usual.
std::string caption_of(const figure::Figure& figure, const figure::Settings& settings,
                       const std::string& image, const model::ModelCard& card);

}  // namespace tessera::ui
