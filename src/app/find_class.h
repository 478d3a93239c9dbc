#pragma once

#include <string>

#include "tessera/model/model_card.h"

namespace tessera::app {

// The index of a class that somebody named:
// - "#4" is index 4, whatever the labels are;
// - a label in any case (base/folded.h), or a part of one that no other label has;
// - a number is the label that is this number ("7" and "007" are one), and an index where there is none.
// Throws Error where there is no such class or more than one, with those that may have been meant; `option`
// is who asked.
int find_class(const model::ModelCard& card, const std::string& named, const std::string& option);

// A sentence without a full stop for a number that find_class might have read otherwise: which class it is,
// and how the other is named. Empty where nobody can be in doubt.
std::string note_on_class(const model::ModelCard& card, const std::string& named, const std::string& option);

// "Egyptian cat (285)"; "2 (index 4)" where the label is a number too; "class 3" where there are no labels.
std::string class_text(const model::ModelCard& card, int index);

}  // namespace tessera::app
