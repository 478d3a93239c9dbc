#pragma once

#include <memory>

#include "tessera/base/error.h"
#include "tessera/engine/answer.h"

namespace tessera::ui {

// Whether a value is of the method that was asked for. A provisional one is of gradient × activation, which
// stands in for integrated gradients until they are there: those may be of another size, of the other sign,
// and stand in another order. How that looks is decided in widgets/provisional.h.
struct Certainty {
  bool provisional = false;
  engine::Progress progress = {};           // of the answer that is awaited
  std::shared_ptr<const Error> error = {};  // why it will not come
};

// What of one frame is provisional, for the one line that says so.
class ProvisionalNote {
 public:
  void begin_frame() { *this = {}; }
  void add(const Certainty& certainty);

  bool any() const { return any_; }
  // Something of it will still change.
  bool is_awaited() const { return awaited_; }
  // Of what is awaited: how far the one that is farthest is, and whether others have not begun.
  const engine::Progress& progress() const { return progress_; }
  bool others_wait() const { return others_wait_; }
  const std::shared_ptr<const Error>& error() const { return error_; }

 private:
  bool any_ = false;
  bool awaited_ = false;
  bool others_wait_ = false;
  engine::Progress progress_;
  std::shared_ptr<const Error> error_;
};

}  // namespace tessera::ui
