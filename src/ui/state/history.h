#pragma once

#include <vector>

#include "ui/state/selection.h"

namespace tessera::ui {

// Selections as they were, for undo and redo.
class History {
 public:
  // What was looked at before a change, and after it. The same twice is no change. Forgets what was undone.
  void changed(const Selection& before, const Selection& after);

  // The selection to go to from `now`; nothing where there is none.
  std::optional<Selection> undo(const Selection& now);
  std::optional<Selection> redo(const Selection& now);

  void clear();

 private:
  std::vector<Selection> past_;
  std::vector<Selection> future_;
};

}  // namespace tessera::ui
