#include "engine/scheduler.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <utility>
#include <variant>
#include <vector>

namespace tessera::engine {
namespace {

double seconds_of_system() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

EngineOptions with_clock(EngineOptions options) {
  if (!options.clock) options.clock = &seconds_of_system;
  return options;
}

}  // namespace

Scheduler::Scheduler(EngineOptions options)
    : options_(with_clock(std::move(options))), memo_(options_.memory_budget) {
  for (const Lane lane : lanes)
    state_of(lane).thread.emplace(
        mutex_, [this, lane] { return take(lane); }, options_.begin_lane);
}

Scheduler::~Scheduler() {
  {
    Aftermath after;
    std::lock_guard lock(mutex_);
    closing_ = true;
    for (LaneState& lane : lane_states_) {
      for (const auto& entry : lane.queue.take_if([](const Entry&) { return true; })) rest(*entry, after);
      for (const auto& entry : lane.running) withdraw(*entry, after);
    }
  }
  changed_.notify_all();
  for (LaneState& lane : lane_states_) lane.thread.reset();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiters_ == 0; });
}

void Scheduler::register_handler(std::type_index type, ErasedHandler handler) {
  auto shared = std::make_shared<const ErasedHandler>(std::move(handler));
  std::lock_guard lock(mutex_);
  handlers_.insert_or_assign(type, std::move(shared));
}

void Scheduler::explain_with(Engine::Explain explain) {
  const std::lock_guard lock(mutex_);
  explain_ = std::move(explain);
}

ErasedAnswer Scheduler::ask(Identity identity, const ErasedQuery& query, Visibility visibility) {
  Aftermath after;
  std::unique_lock lock(mutex_);
  const std::shared_ptr<Entry> entry = find_or_make(std::move(identity), query, lock);
  demand(entry, visibility, after);
  if (entry->phase == Phase::ready) entry->delivered = true;
  const bool finished = entry->phase == Phase::ready || entry->phase == Phase::failed;
  if (visibility >= Visibility::visible && !finished) ++pending_in_frame_[entry->identity.type];
  return snapshot(*entry);
}

ErasedAnswer Scheduler::peek(const Identity& identity) const {
  std::lock_guard lock(mutex_);
  const std::shared_ptr<Entry> entry = memo_.find(identity);
  return entry ? snapshot(*entry) : ErasedAnswer{};
}

std::shared_ptr<const void> Scheduler::wait(Identity identity, const ErasedQuery& query,
                                            const std::function<void(const Progress&)>& progress) {
  for (const LaneState& lane : lane_states_)
    if (lane.thread->is_this_thread()) throw std::logic_error("a handler may not wait for the engine");

  Aftermath after;
  std::unique_lock lock(mutex_);
  const std::shared_ptr<Entry> entry = find_or_make(std::move(identity), query, lock);
  // Leaves whichever way this function is left; the lock is held then.
  struct Waiter {
    Scheduler& scheduler;
    std::unique_lock<std::mutex>& lock;
    Entry& entry;
    Waiter(Scheduler& scheduler_, std::unique_lock<std::mutex>& lock_, Entry& entry_)
        : scheduler(scheduler_), lock(lock_), entry(entry_) {
      ++scheduler.waiters_;
      ++entry.waiters;
    }
    ~Waiter() {
      if (!lock.owns_lock()) lock.lock();
      --entry.waiters;
      if (--scheduler.waiters_ == 0 && scheduler.closing_) scheduler.changed_.notify_all();
    }
  } waiter(*this, lock, *entry);

  demand(entry, Visibility::focused, after);
  std::uint64_t told = 0;  // a late waiter hears at once how far the job is
  for (;;) {
    if (entry->phase == Phase::ready) {
      entry->delivered = true;
      return entry->value;
    }
    if (entry->phase == Phase::failed) throw Error(*entry->error);
    if (closing_) throw Error("the engine was shut down before the answer was there");
    if (progress && told != entry->progress_count) {
      told = entry->progress_count;
      const Progress news = progress_of(*entry);
      lock.unlock();
      progress(news);
      lock.lock();
    } else {
      changed_.wait(lock);
    }
  }
}

void Scheduler::retry(const Identity& identity) {
  Aftermath after;
  std::lock_guard lock(mutex_);
  const std::shared_ptr<Entry> entry = memo_.find(identity);
  if (entry && entry->phase == Phase::failed) memo_.erase(*entry, after);
}

void Scheduler::cancel(const Identity& identity) {
  Aftermath after;
  std::lock_guard lock(mutex_);
  const std::shared_ptr<Entry> entry = memo_.find(identity);
  if (!entry || entry->waiters > 0) return;
  if (entry->phase == Phase::queued) {
    state_of(entry->lane).queue.take_if([&](const Entry& queued) { return &queued == entry.get(); });
    rest(*entry, after);
  } else if (on_lane(*entry)) {
    withdraw(*entry, after);
  }
}

void Scheduler::hold(bool held) {
  Aftermath after;
  std::lock_guard lock(mutex_);
  if (std::exchange(held_, held) == held) return;
  for (LaneState& lane : lane_states_) {
    if (!held)
      lane.thread->wake();
    else
      for (const auto& entry : lane.running)
        if (entry->phase == Phase::running && entry->waiters == 0) withdraw(*entry, after);
  }
}

Activity Scheduler::activity() const {
  std::lock_guard lock(mutex_);
  Activity activity;
  for (const LaneState& lane : lane_states_) {
    activity.queued += lane.queue.size();
    for (const auto& entry : lane.running) {
      if (entry->phase != Phase::running) continue;
      if (activity.running++ == 0 || entry->progress.fraction > activity.progress.fraction)
        activity.progress = progress_of(*entry);
    }
  }
  return activity;
}

void Scheduler::begin_frame() {
  std::lock_guard lock(mutex_);
  ++frame_;
  pending_in_frame_.clear();
}

void Scheduler::end_frame() {
  Aftermath after;
  std::lock_guard lock(mutex_);
  ended_frame_ = frame_;
  const auto stale = [this](const Entry& entry) { return entry.asked_frame != frame_ && entry.waiters == 0; };
  for (LaneState& lane : lane_states_) {
    for (const auto& entry : lane.queue.take_if(stale)) rest(*entry, after);
    for (const auto& entry : lane.running)
      if (stale(*entry)) withdraw(*entry, after);
    if (!lane.queue.empty()) lane.thread->wake();  // what is computed together has waited for this
  }
  memo_.trim(ended_frame_, after);
}

std::size_t Scheduler::pending_in_frame() const {
  std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const auto& [type, pending] : pending_in_frame_) count += pending;
  return count;
}

std::size_t Scheduler::pending_in_frame(std::type_index type) const {
  std::lock_guard lock(mutex_);
  const auto found = pending_in_frame_.find(type);
  return found == pending_in_frame_.end() ? 0 : found->second;
}

bool Scheduler::busy() const {
  std::lock_guard lock(mutex_);
  return std::any_of(lane_states_.begin(), lane_states_.end(),
                     [](const LaneState& lane) { return !lane.running.empty() || !lane.queue.empty(); });
}

std::size_t Scheduler::queued() const {
  std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const LaneState& lane : lane_states_) count += lane.queue.size();
  return count;
}

std::size_t Scheduler::memory_used() const {
  std::lock_guard lock(mutex_);
  return memo_.used();
}

std::shared_ptr<Entry> Scheduler::find_or_make(Identity&& identity, const ErasedQuery& query,
                                               std::unique_lock<std::mutex>& lock) {
  if (std::shared_ptr<Entry> known = memo_.find(identity)) return known;
  lock.unlock();
  auto made = std::make_shared<Entry>(std::move(identity), query);
  lock.lock();
  return memo_.insert(std::move(made));  // another thread may have been quicker
}

void Scheduler::demand(const std::shared_ptr<Entry>& entry, Visibility visibility, Aftermath& after) {
  const bool repeated = entry->asked_frame == frame_ && entry->phase != Phase::resting;
  entry->visibility = repeated ? std::max(entry->visibility, visibility) : visibility;
  entry->asked_frame = frame_;
  memo_.touch(*entry);
  if (closing_) return;
  if (entry->phase == Phase::resting) {
    replace_same_tag(*entry, after);
    enqueue(entry, after);
  } else if (entry->phase == Phase::stopping && !entry->wanted_again) {
    replace_same_tag(*entry, after);
    entry->wanted_again = true;
  }
}

void Scheduler::enqueue(const std::shared_ptr<Entry>& entry, Aftermath& after) {
  if (!handlers_.contains(entry->identity.type)) {
    fail(*entry, Error("nothing here answers this kind of question"), after);
    return;
  }
  entry->progress = {};
  entry->queued_frame = frame_;
  entry->queued_count = ++queued_;
  queue_up(entry);
}

void Scheduler::queue_up(const std::shared_ptr<Entry>& entry) {
  entry->phase = Phase::queued;
  entry->wanted_again = false;
  LaneState& lane = state_of(entry->lane);
  lane.queue.push(entry);
  lane.thread->wake();
}

void Scheduler::replace_same_tag(const Entry& newest, Aftermath& after) {
  if (newest.tag.empty()) return;
  const auto replaced = [&](const Entry& entry) {
    return &entry != &newest && entry.waiters == 0 && entry.identity.type == newest.identity.type &&
           entry.tag == newest.tag;
  };
  LaneState& lane = state_of(newest.lane);
  for (const auto& entry : lane.queue.take_if(replaced)) rest(*entry, after);
  for (const auto& entry : lane.running)
    if (replaced(*entry)) withdraw(*entry, after);
}

void Scheduler::withdraw(Entry& running, Aftermath& after) {
  running.phase = Phase::stopping;
  running.wanted_again = false;
  after.stop(running.stop);
}

void Scheduler::rest(Entry& entry, Aftermath& after) {
  entry.phase = Phase::resting;
  entry.progress = {};
  if (!entry.value && entry.waiters == 0) memo_.erase(entry, after);
}

void Scheduler::fail(Entry& entry, Error error, Aftermath& after) {
  entry.phase = Phase::failed;
  entry.error = std::make_shared<const Error>(std::move(error));
  memo_.store(entry, entry.value, entry.cost + std::string_view(entry.error->what()).size(), after);
}

void Scheduler::settle(const std::shared_ptr<Entry>& entry, Outcome outcome, Aftermath& after) {
  const bool stopped = entry->phase == Phase::stopping;
  const bool wanted = (!stopped || entry->wanted_again || entry->waiters > 0) && !closing_;
  if (ErasedResult* result = std::get_if<ErasedResult>(&outcome); result && result->value) {
    entry->phase = Phase::ready;
    entry->delivered = !wanted;
    memo_.store(*entry, std::move(result->value), result->cost, after);
  } else if (stopped) {
    // What a job says while it is being stopped, an Error too, is not worth remembering.
    if (wanted)
      enqueue(entry, after);
    else
      rest(*entry, after);
  } else if (std::holds_alternative<PutBack>(outcome)) {
    queue_up(entry);
  } else if (Error* error = std::get_if<Error>(&outcome)) {
    fail(*entry, std::move(*error), after);
  } else if (std::holds_alternative<ErasedResult>(outcome)) {
    fail(*entry, Error("the computation ended without a result"), after);
  } else {
    fail(*entry, Error("the computation gave up without having been asked to"), after);
  }
  memo_.trim(ended_frame_, after);
}

// Views' requests may be held; and the others of its batch may still be asked for while the frame goes on.
bool Scheduler::may_start(const Entry& entry) const {
  if (held_ && entry.waiters == 0) return false;
  const bool frame_goes_on = frame_ != ended_frame_;
  return entry.batch.empty() || entry.waiters > 0 || !frame_goes_on || entry.queued_frame != frame_;
}

Progress Scheduler::progress_of(const Entry& entry) const {
  Progress progress = entry.progress;
  if (entry.phase == Phase::running) progress.seconds_left = entry.time_left.at(options_.clock());
  return progress;
}

ErasedAnswer Scheduler::snapshot(const Entry& entry) const {
  switch (entry.phase) {
    case Phase::running:
      return {State::running, progress_of(entry), entry.value, nullptr};
    case Phase::ready:
      return {State::ready, {1, {}}, entry.value, nullptr};
    case Phase::failed:
      return {State::failed, entry.progress, entry.value, entry.error};
    case Phase::resting:
    case Phase::queued:
    case Phase::stopping:
      break;
  }
  return {State::idle, {}, entry.value, nullptr};
}

LaneThread::Work Scheduler::take(Lane lane) {
  LaneState& state = state_of(lane);
  const std::shared_ptr<Entry> first =
      state.queue.take_first([this](const Entry& entry) { return may_start(entry); });
  if (!first) return {};
  state.running = {first};
  if (first->most_in_batch > 1)
    for (auto& entry : state.queue.take_compatible(*first, first->most_in_batch - 1))
      state.running.push_back(std::move(entry));
  for (const auto& entry : state.running) {
    entry->phase = Phase::running;
    entry->stop = std::stop_source();
    entry->time_left.begin(options_.clock(), entry->progress.fraction);
  }
  return [this, entries = state.running] { run(entries); };
}

void Scheduler::run(const std::vector<std::shared_ptr<Entry>>& entries) {
  std::shared_ptr<const ErasedHandler> handler;
  Engine::Explain explain;
  std::vector<ErasedMember> members;
  {
    std::lock_guard lock(mutex_);
    explain = explain_;
    handler = handlers_.at(entries.front()->identity.type);
    for (const auto& entry : entries)
      members.push_back({entry->query.get(),
                         Job(
                             entry->stop.get_token(), handler->result,
                             [this, entry](float fraction, std::string_view stage) {
                               report_progress(*entry, fraction, stage);
                             },
                             [this, entry](std::shared_ptr<const void> value, std::size_t cost) {
                               report_preview(*entry, std::move(value), cost);
                             },
                             [this, lane = entry->lane] { return more_urgent_waits(lane); }),
                         [this, entry](Outcome outcome) { leave(entry, std::move(outcome)); }});
  }
  tell_everybody();
  const Outcome of_the_rest = run_handler(*handler, members, explain);
  const bool gave_up_for_one =
      std::holds_alternative<Cancelled>(of_the_rest) &&
      std::ranges::any_of(members, [](const ErasedMember& member) { return member.job.cancelled(); });
  for (ErasedMember& member : members)
    if (!member.has_left)
      member.leave(gave_up_for_one && !member.job.cancelled() ? Outcome(PutBack{}) : of_the_rest);
}

void Scheduler::leave(const std::shared_ptr<Entry>& entry, Outcome outcome) {
  {
    Aftermath after;
    std::lock_guard lock(mutex_);
    std::erase(state_of(entry->lane).running, entry);
    settle(entry, std::move(outcome), after);
  }
  tell_everybody();
}

bool Scheduler::more_urgent_waits(Lane lane) const {
  std::lock_guard lock(mutex_);
  const LaneState& state = state_of(lane);
  return state.queue.any([&](const Entry& waiting) {
    return may_start(waiting) &&
           std::all_of(state.running.begin(), state.running.end(), [&](const auto& running) {
             return running->phase == Phase::stopping || more_urgent(waiting, *running);
           });
  });
}

void Scheduler::report_progress(Entry& entry, float fraction, std::string_view stage) {
  fraction = std::isfinite(fraction) ? std::clamp(fraction, 0.0f, 1.0f) : 0.0f;
  {
    std::lock_guard lock(mutex_);
    if (std::abs(fraction - entry.progress.fraction) < 0.01f && stage == entry.progress.stage) return;
    entry.progress.fraction = fraction;
    entry.progress.stage = stage;
    entry.time_left.report(options_.clock(), fraction);
    ++entry.progress_count;
  }
  tell_everybody();
}

void Scheduler::report_preview(Entry& entry, std::shared_ptr<const void> value, std::size_t cost) {
  {
    Aftermath after;
    std::lock_guard lock(mutex_);
    memo_.store(entry, std::move(value), cost, after);
    memo_.trim(ended_frame_, after);
  }
  tell_everybody();
}

void Scheduler::tell_everybody() {
  changed_.notify_all();
  if (options_.notify) options_.notify();
}

}  // namespace tessera::engine
