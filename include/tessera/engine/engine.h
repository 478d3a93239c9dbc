#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <typeindex>
#include <utility>

#include "tessera/engine/answer.h"
#include "tessera/engine/job.h"
#include "tessera/engine/query.h"

namespace tessera::engine {

struct EngineOptions {
  // Finished answers beyond this are forgotten, least recently asked first.
  std::size_t memory_budget = std::size_t(2) << 30;
  // Called (on any thread, without locks held) whenever an answer changes: wake the window here. Must not block.
  std::function<void()> notify;
};

// How much a view wants an answer now.
enum class Visibility {
  ahead,    // not on screen yet: computed when nothing visible waits
  visible,  // on screen
  focused   // under the mouse or just clicked
};

// Answers queries. Views call `ask` every frame for what they want to show and draw whatever comes back; the engine
// computes misses on its lanes and remembers answers by key.
//
//   engine.begin_frame();
//   auto answer = engine.ask(Classify{model, image});
//   engine.end_frame();     // requests that no view repeated in this frame are dropped; running ones are asked to stop
//
// Order within a lane: most visible first, then most recently asked, then newest. A query whose handler throws Error
// becomes a failed answer; any other std::exception becomes one with its message. Failed answers are remembered until
// `retry`. All members are safe on any thread, but frames belong to one thread.
class Engine {
 public:
  explicit Engine(EngineOptions options = {});
  ~Engine();  // asks running jobs to stop, drops queued ones, joins the lanes
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Registers what answers queries of type Q. Before the first ask of that type.
  template <Query Q>
  void answer_with(std::function<std::shared_ptr<const typename Q::Result>(const Q&, Job&)> handler) {
    register_handler(typeid(Q), [handler = std::move(handler)](const void* query, Job& job) {
      std::shared_ptr<const typename Q::Result> value = handler(*static_cast<const Q*>(query), job);
      const std::size_t cost = value ? cost_of(*value) : 0;
      return Result{std::move(value), cost};
    });
  }

  // Never blocks. The first ask queues the query; later ones report on it.
  template <Query Q>
  Answer<typename Q::Result> ask(const Q& query, Visibility visibility = Visibility::visible) {
    return typed<Q>(ask_erased(request(query), visibility));
  }

  // What is known without asking for it: an idle answer where nothing is.
  template <Query Q>
  Answer<typename Q::Result> peek(const Q& query) const {
    return typed<Q>(peek_erased(identity(query)));
  }

  // Asks and waits, for command lines and tests. A waited-for query is never dropped. Throws Error where the answer is
  // a failure or the engine is shut down meanwhile. `progress` is called on the waiting thread.
  template <Query Q>
  std::shared_ptr<const typename Q::Result> wait(const Q& query,
                                                 const std::function<void(const Progress&)>& progress = {}) {
    return std::static_pointer_cast<const typename Q::Result>(wait_erased(request(query), progress));
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

  void begin_frame();
  void end_frame();

  bool busy() const;                 // anything queued or running
  std::size_t memory_used() const;   // bytes of remembered answers

 private:
  struct Result {
    std::shared_ptr<const void> value;
    std::size_t cost = 0;
  };
  using Handler = std::function<Result(const void*, Job&)>;
  struct Request {
    std::type_index type;
    std::string key;   // unique across types
    std::string tag;   // empty: never coalesced; unique across types
    Lane lane;
    std::shared_ptr<const void> query;
  };
  using ErasedAnswer = Answer<void>;

  template <Query Q>
  static std::string identity(const Q& query) {
    return std::string(typeid(Q).name()) + '\n' + query.key();
  }
  template <Query Q>
  static Request request(const Q& query) {
    Request made{typeid(Q), identity(query), {}, Q::lane, std::make_shared<const Q>(query)};
    if constexpr (TaggedQuery<Q>)
      if (std::string tag = query.tag(); !tag.empty()) made.tag = std::string(typeid(Q).name()) + '\n' + tag;
    return made;
  }
  template <Query Q>
  static Answer<typename Q::Result> typed(ErasedAnswer erased) {
    return {erased.state, std::move(erased.progress),
            std::static_pointer_cast<const typename Q::Result>(std::move(erased.value)), std::move(erased.error)};
  }

  void register_handler(std::type_index type, Handler handler);
  ErasedAnswer ask_erased(Request request, Visibility visibility);
  ErasedAnswer peek_erased(const std::string& key) const;
  std::shared_ptr<const void> wait_erased(Request request, const std::function<void(const Progress&)>& progress);
  void retry_erased(const std::string& key);
  void cancel_erased(const std::string& key);

  class Scheduler;  // queue, memo and lanes: src/engine/
  std::unique_ptr<Scheduler> scheduler_;
};

}  // namespace tessera::engine
