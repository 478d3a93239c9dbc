#pragma once

#include "model/flatten/flatten.h"

namespace tessera::model {

struct Scores {
  jit::Value* value = nullptr;
  int classes = 0;         // how many each picture gets, at least 2
  std::size_t output = 0;  // which of Trace::outputs
  ScoreForm form = ScoreForm::plain;
};

// The class scores among what the model returns, as [N, classes] before softmax: the first tensor of that
// shape in a tuple, list or dictionary; [classes], [N,classes,1,1] and a single score are brought to it; a
// softmax at the end is taken back. Adds a note for everything but the plain case. Throws Error for models
// that return no scores.
Scores find_scores(Trace& trace);

}  // namespace tessera::model
