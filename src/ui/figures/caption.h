#pragma once

#include <string>

#include "tessera/figure/catalogue.h"
#include "tessera/model/model_card.h"

namespace tessera::ui {

// A view that a caption is about.
struct CaptionPart {
  const figure::Figure& figure;
  figure::Settings settings;
  std::string image;
  const model::ModelCard& card;
  std::string without = {};  // what the network does without; empty: nothing
};

// What stands beneath a figure: what it is, of which picture and network, and every setting that is not as
// usual.
std::string caption_of(const CaptionPart& view);
// The same of two views beside each other.
std::string caption_of(const CaptionPart& left, const CaptionPart& right);

}  // namespace tessera::ui
