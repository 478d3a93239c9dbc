#pragma once

#include <memory>

#include "tessera/base/error.h"
#include "tessera/engine/answer.h"

namespace tessera::ui {

// What stands in for integrated gradients until they are there.
enum class StandIn { gradient_times_activation, few_steps };

// Whether a value is of the method that was asked for. What stands in for it may be of another size, of the
// other sign, and in another order. How that looks is decided in widgets/provisional.h.
struct Certainty {
  bool provisional = false;
  engine::Progress progress = {};           // of the answer that is awaited
  std::shared_ptr<const Error> error = {};  // why it will not come
  StandIn by = StandIn::gradient_times_activation;
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
  // Steps of the path, for all of it.
  bool is_by_steps() const { return any_ && !any_by_gradient_; }
  const std::shared_ptr<const Error>& error() const { return error_; }

 private:
  bool any_ = false;
  bool any_by_gradient_ = false;
  bool awaited_ = false;
  bool others_wait_ = false;
  engine::Progress progress_;
  std::shared_ptr<const Error> error_;
};

}  // namespace tessera::ui
