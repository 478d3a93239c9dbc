#pragma once

#include <memory>
#include <stdexcept>
#include <utility>

#include "tessera/base/error.h"
#include "tessera/engine/erased.h"
#include "tessera/engine/job.h"
#include "tessera/engine/query.h"

namespace tessera::engine {

// One of the queries that a handler computes together (Engine::answer_together). Each has a job of its own:
// its progress, its previews, and a stop token that says that nobody wants this one any more. Valid only
// during the handler's call.
template <Query Q>
class Member {
 public:
  explicit Member(ErasedMember& erased) : erased_(&erased) {}

  const Q& query() const { return *static_cast<const Q*>(erased_->query); }
  Job& job() const { return erased_->job; }

  // Each answers this query at once, while the others go on, and may be called once for each member, of which
  // only `query` and `job` may be used afterwards. Also where it was asked to stop: a result is a result.
  void finish(std::shared_ptr<const typename Q::Result> value) const {
    const std::size_t cost = value ? cost_of(*value) : 0;
    leave(ErasedResult{std::move(value), cost});
  }
  void fail(Error error) const { leave(std::move(error)); }
  // Takes its turn in the queue again, in the place that it had, and keeps its preview: because it has to
  // give way, or fits none of the others. A handler that puts back what it has not brought on would be called
  // for ever.
  void put_back() const { leave(PutBack{}); }

  bool has_left() const { return erased_->has_left; }

 private:
  void leave(Outcome outcome) const {
    if (std::exchange(erased_->has_left, true)) throw std::logic_error("a member leaves once");
    erased_->leave(std::move(outcome));
  }

  ErasedMember* erased_;
};

}  // namespace tessera::engine
