#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <typeindex>
#include <unordered_map>
#include <vector>

#include "engine/aftermath.h"
#include "engine/entry.h"
#include "engine/lane_thread.h"
#include "engine/memo.h"
#include "engine/outcome.h"
#include "engine/queue.h"
#include "tessera/engine/engine.h"

namespace tessera::engine {

// Joins demand (asks, frames, waiters) with supply (the lanes). One lock guards all of it and is only ever
// held for look-ups and moves: handlers, notifications, stop callbacks and destructors of answers run without
// it.
class Scheduler {
 public:
  explicit Scheduler(EngineOptions options);
  ~Scheduler();
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  void register_handler(std::type_index type, ErasedHandler handler);
  void explain_with(Engine::Explain explain);
  ErasedAnswer ask(Identity identity, const ErasedQuery& query, Visibility visibility);
  ErasedAnswer peek(const Identity& identity) const;
  std::shared_ptr<const void> wait(Identity identity, const ErasedQuery& query,
                                   const std::function<void(const Progress&)>& progress);
  void retry(const Identity& identity);
  void cancel(const Identity& identity);
  void hold(bool held);
  Activity activity() const;
  void begin_frame();
  void end_frame();
  std::size_t pending_in_frame() const;
  std::size_t pending_in_frame(std::type_index type) const;
  bool busy() const;
  std::size_t queued() const;
  std::size_t memory_used() const;

 private:
  struct LaneState {
    Queue queue;
    std::vector<std::shared_ptr<Entry>> running;  // what is computed together now
    std::optional<LaneThread> thread;
  };
  static constexpr std::array lanes{Lane::inference, Lane::cpu};
  LaneState& state_of(Lane lane) { return lane_states_[std::size_t(lane)]; }
  const LaneState& state_of(Lane lane) const { return lane_states_[std::size_t(lane)]; }

  // These expect the lock to be held.
  std::shared_ptr<Entry> find_or_make(Identity&& identity, const ErasedQuery& query,
                                      std::unique_lock<std::mutex>& lock);
  void demand(const std::shared_ptr<Entry>& entry, Visibility visibility, Aftermath& after);
  void enqueue(const std::shared_ptr<Entry>& entry, Aftermath& after);
  void replace_same_tag(const Entry& newest, Aftermath& after);
  void withdraw(Entry& running, Aftermath& after);
  void rest(Entry& entry, Aftermath& after);
  void fail(Entry& entry, Error error, Aftermath& after);
  void settle(const std::shared_ptr<Entry>& entry, Outcome outcome, Aftermath& after);
  void queue_up(const std::shared_ptr<Entry>& entry);
  bool may_start(const Entry& entry) const;
  Progress progress_of(const Entry& entry) const;  // as it is now
  ErasedAnswer snapshot(const Entry& entry) const;
  LaneThread::Work take(Lane lane);

  // These take it.
  void run(const std::vector<std::shared_ptr<Entry>>& entries);
  void leave(const std::shared_ptr<Entry>& entry, Outcome outcome);
  bool more_urgent_waits(Lane lane) const;
  void report_progress(Entry& entry, float fraction, std::string_view stage);
  void report_preview(Entry& entry, std::shared_ptr<const void> value, std::size_t cost);
  void tell_everybody();

  const EngineOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;  // for waiters
  std::unordered_map<std::type_index, std::shared_ptr<const ErasedHandler>> handlers_;
  Engine::Explain explain_;
  Memo memo_;
  std::uint64_t frame_ = 0;        // 0: there has been none
  std::uint64_t ended_frame_ = 0;  // the last that ended
  std::uint64_t queued_ = 0;       // so far
  std::map<std::type_index, std::size_t> pending_in_frame_;
  int waiters_ = 0;
  bool closing_ = false;
  bool held_ = false;
  std::array<LaneState, lanes.size()> lane_states_;  // last: its threads use the others
};

}  // namespace tessera::engine
