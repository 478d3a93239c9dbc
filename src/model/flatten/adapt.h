#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/flatten/emitter.h"

namespace tessera::model {

inline constexpr const char* dropout_note = "Dropout was saved in training mode; it is left out";
inline constexpr const char* training_note =
    "The model was saved in training mode; it runs in evaluation mode";
inline constexpr const char* batch_norm_note =
    "Batch normalisation was saved in training mode; its running statistics are used";

// What is to be done with an operation once its arguments have been adapted.
enum class Treatment {
  run,          // run it, write it down
  pass,         // leave it out: its first input is its result
  copy,         // run it, but write nothing down: its result is another tensor with the same values
  run_constant  // run it, and take the answer as a constant: it depends on types and ranks only
};

// Changes the arguments of an operation from what the file says to how Tessera runs networks: in float32, in
// evaluation mode, with a batch size that is read from the input instead of written into the file. What was
// changed is added to `notes`, once for each kind of change.
Treatment adapt_arguments(const c10::FunctionSchema& schema, std::vector<Traced>& inputs, Emitter& emitter,
                          std::set<std::string>& notes);

// How the flat graph says it: one spelling for each operation (`_convolution` → `conv2d`, `hardtanh 0…6` →
// `relu6`, `view` → `reshape`, because views of channels-last tensors may not exist).
c10::Symbol normal_form(c10::Symbol kind, std::vector<Traced>& inputs);

}  // namespace tessera::model
