#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "tessera/base/error.h"
#include "tessera/engine/answer.h"
#include "tessera/engine/erased.h"
#include "tessera/engine/job.h"
#include "tessera/engine/member.h"
#include "tessera/engine/query.h"

namespace tessera::engine {

class Scheduler;  // queue, memo and lanes: src/engine/

struct EngineOptions {
  // Finished answers beyond this are forgotten, least recently asked first. Answers that the last frame asked
  // for are kept even so (forgetting them would compute them again and again): then more than this is in use.
  std::size_t memory_budget = std::size_t(2) << 30;
  // Called (on a lane's thread, without locks held) whenever an answer changes: wake the window here. Must
  // neither block nor throw, and must stay callable until the engine is gone.
  std::function<void()> notify;
  // Called on each lane's thread before its first job; may be empty. Must not throw.
  std::function<void()> begin_lane = {};
  // A clock that never goes back, in seconds, by which the time left is told; empty: the system's. Called
  // with locks held: it must not call the engine. Must not throw.
  std::function<double()> clock = {};
};

// How much a view wants an answer now.
enum class Visibility {
  background,  // nobody looks for it: computed when nothing else waits
  ahead,       // not on screen yet: computed when nothing visible waits
  visible,     // on screen
  focused      // under the mouse or just clicked
};

struct Activity {
  std::size_t running = 0;  // requests that are computed now, and nobody has asked to stop
  std::size_t queued = 0;   // that wait for a lane
  Progress progress;        // of the running one that has least left to do
};

// Answers queries. Views call `ask` every frame for what they want to show and draw whatever comes back; the
// engine computes misses on its lanes and remembers answers by key.
//
//   engine.begin_frame();
//   auto answer = engine.ask(Classify{model, image});
//   engine.end_frame();     // requests that no view repeated in this frame are dropped; running ones are
//   asked to stop
//
// Order within a lane: what somebody waits for, then the most visible, then what is not patient, then what
// was asked in the latest frame, then what was first asked in the latest frame, then the order of asking (a
// page fills from its top). Without frames everything counts as one frame.
//
// Coalescing: a query with a tag takes the place of the queued one with the same tag, and a running one is
// asked to stop (a slider leaves one job). So a tag belongs to one view: two that ask different queries with
// one tag in the same frame push each other out for ever.
//
// A job that was asked to stop keeps its last preview, which later answers show until something better comes;
// where it finishes nevertheless, its result is remembered like any other.
//
// A query whose handler throws Error becomes a failed answer; any other exception becomes one with its
// message. Failed answers are remembered until `retry` (or until memory runs short and no view asks for
// them).
//
// All members are safe on any thread, but frames belong to one thread. Handlers may `ask` and `peek`, never
// `wait`.
class Engine {
 public:
  explicit Engine(EngineOptions options = {});
  ~Engine();  // asks running jobs to stop, drops queued ones, sends waiters away with an Error, joins the
              // lanes
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Registers what answers queries of type Q. Before the first ask of that type. The handler is called on the
  // thread of Q's lane.
  template <Query Q>
  void answer_with(std::function<std::shared_ptr<const typename Q::Result>(const Q&, Job&)> handler) {
    register_handler(typeid(Q), {typeid(typename Q::Result),
                                 [handler = std::move(handler)](std::span<ErasedMember> members) {
                                   const Member<Q> only(members.front());
                                   only.finish(handler(only.query(), only.job()));
                                 }});
  }

  // Registers what answers several queries of type Q in one go: those that wait for the lane when one of them
  // is taken, have its `batch()` text, and come next in the order; Q::most_in_batch at most, in that order.
  // While a frame goes on they wait for its end, so that those asked for in one frame come together.
  //
  // What the handler throws is the answer of all members that have not left; where it returns, that is an
  // Error. Where it gives up because one of them was cancelled, the others take their turn again.
  template <BatchedQuery Q>
  void answer_together(std::function<void(const std::vector<Member<Q>>&)> handler) {
    register_handler(typeid(Q), {typeid(typename Q::Result),
                                 [handler = std::move(handler)](std::span<ErasedMember> erased) {
                                   const std::vector<Member<Q>> members(erased.begin(), erased.end());
                                   handler(members);
                                 }});
  }

  // What an exception that is no Error says to whoever uses the program: asked on a lane's thread where a
  // handler throws one; nothing where it knows no better than its text. Before the first ask.
  using Explain = std::function<std::optional<Error>(const std::exception&)>;
  void explain_with(Explain explain);

  // Never waits for a job. The first ask queues the query (the only time that it is copied); later ones
  // report on it.
  template <Query Q>
  Answer<typename Q::Result> ask(const Q& query, Visibility visibility = Visibility::visible) {
    return typed<Q>(ask_erased(identity(query), erased(query), visibility));
  }

  // What is known without asking for it: an idle answer where nothing is.
  template <Query Q>
  Answer<typename Q::Result> peek(const Q& query) const {
    return typed<Q>(peek_erased(identity(query)));
  }

  // Asks and waits, for command lines and tests. A waited-for query is never dropped, replaced or cancelled.
  // Throws Error where the answer is a failure or the engine is shut down meanwhile. `progress` is called on
  // the waiting thread.
  template <Query Q>
  std::shared_ptr<const typename Q::Result> wait(const Q& query,
                                                 const std::function<void(const Progress&)>& progress = {}) {
    return std::static_pointer_cast<const typename Q::Result>(
        wait_erased(identity(query), erased(query), progress));
  }

  // Forgets a failed answer, so that the next ask computes it again.
  template <Query Q>
  void retry(const Q& query) {
    retry_erased(identity(query));
  }

  // Stops or unqueues a request of a view. It reads as idle until asked again.
  template <Query Q>
  void cancel(const Q& query) {
    cancel_erased(identity(query));
  }

  // While it is held, requests of views wait: none starts, and those that run are asked to stop, keeping
  // their last previews. What somebody waits for goes on. Released, what views ask for by then goes on.
  void hold(bool held);

  // What the lanes do for views now, to show it.
  Activity activity() const;

  void begin_frame();
  void end_frame();

  // Asks since the frame began for something visible that was neither ready nor failed: whoever draws into a
  // file knows by it whether all was there. What is only prepared (Visibility::ahead and below) does not
  // count.
  std::size_t pending_in_frame() const;
  // Of them, those for queries of type Q.
  template <Query Q>
  std::size_t pending_in_frame() const {
    return pending_of(typeid(Q));
  }

  bool busy() const;                // anything queued or running
  std::size_t queued() const;       // requests that wait for a lane
  std::size_t memory_used() const;  // bytes of answers and previews, with their bookkeeping

 private:
  template <Query Q>
  static Identity identity(const Q& query) {
    return {typeid(Q), query.key()};
  }
  template <Query Q>
  static constexpr std::size_t most_in_batch() {
    if constexpr (BatchedQuery<Q>)
      return Q::most_in_batch;
    else
      return 1;
  }
  template <Query Q>
  static ErasedQuery erased(const Q& query) {
    return {&query,
            Q::lane,
            [](const void* borrowed) -> std::shared_ptr<const void> {
              return std::make_shared<const Q>(*static_cast<const Q*>(borrowed));
            },
            []([[maybe_unused]] const void* borrowed) -> std::string {
              if constexpr (TaggedQuery<Q>)
                return static_cast<const Q*>(borrowed)->tag();
              else
                return {};
            },
            []([[maybe_unused]] const void* borrowed) -> std::string {
              if constexpr (BatchedQuery<Q>)
                return static_cast<const Q*>(borrowed)->batch();
              else
                return {};
            },
            most_in_batch<Q>(),
            is_patient<Q>()};
  }
  template <Query Q>
  static Answer<typename Q::Result> typed(ErasedAnswer answer) {
    return {answer.state, std::move(answer.progress),
            std::static_pointer_cast<const typename Q::Result>(std::move(answer.value)),
            std::move(answer.error)};
  }

  std::size_t pending_of(std::type_index type) const;
  void register_handler(std::type_index type, ErasedHandler handler);
  ErasedAnswer ask_erased(Identity identity, const ErasedQuery& query, Visibility visibility);
  ErasedAnswer peek_erased(const Identity& identity) const;
  std::shared_ptr<const void> wait_erased(Identity identity, const ErasedQuery& query,
                                          const std::function<void(const Progress&)>& progress);
  void retry_erased(const Identity& identity);
  void cancel_erased(const Identity& identity);

  std::unique_ptr<Scheduler> scheduler_;
};

}  // namespace tessera::engine
