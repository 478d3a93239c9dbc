#pragma once

#include <string>

#include "tessera/model/model_card.h"

namespace tessera::app {

// The index of a class that somebody named by its index or by its label, in any case; a part of a label will
// do where no other label has it. Throws Error where there is none or more than one, with those that may have
// been meant; `option` is who asked.
int find_class(const model::ModelCard& card, const std::string& named, const std::string& option);

// "Egyptian cat (285)"; "class 3" where there are no labels.
std::string class_text(const model::ModelCard& card, int index);

}  // namespace tessera::app
