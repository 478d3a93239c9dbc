#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tessera/figure/catalogue.h"
#include "tessera/model/model_card.h"

namespace tessera::app {

// What --set gave: keys and values as text, checked as far as that goes without a model.
class SetOptions {
 public:
  // Each "key=value"; the last of a key counts. Throws Error, with the nearest keys where there is no such
  // one.
  SetOptions(const figure::Figure& figure, const std::vector<std::string>& assignments);

  // With the model's layers and classes; classes may be given by label. Throws Error.
  figure::Settings for_model(const model::ModelCard& card) const;

  // Sentences about numbers that may be read in two ways (find_class.h). Throws Error.
  std::vector<std::string> notes_for(const model::ModelCard& card) const;

 private:
  std::vector<std::pair<const figure::Setting*, std::string>> assignments_;
};

}  // namespace tessera::app
