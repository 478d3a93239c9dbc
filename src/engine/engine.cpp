#include "tessera/engine/engine.h"

#include <utility>

#include "engine/scheduler.h"

namespace tessera::engine {

Engine::Engine(EngineOptions options) : scheduler_(std::make_unique<Scheduler>(std::move(options))) {}
Engine::~Engine() = default;

void Engine::hold(bool held) { scheduler_->hold(held); }
Activity Engine::activity() const { return scheduler_->activity(); }
void Engine::begin_frame() { scheduler_->begin_frame(); }
void Engine::end_frame() { scheduler_->end_frame(); }
std::size_t Engine::pending_in_frame() const { return scheduler_->pending_in_frame(); }
std::size_t Engine::pending_of(std::type_index type) const { return scheduler_->pending_in_frame(type); }
bool Engine::busy() const { return scheduler_->busy(); }
std::size_t Engine::queued() const { return scheduler_->queued(); }
std::size_t Engine::memory_used() const { return scheduler_->memory_used(); }

void Engine::register_handler(std::type_index type, ErasedHandler handler) {
  scheduler_->register_handler(type, std::move(handler));
}
void Engine::explain_with(Explain explain) { scheduler_->explain_with(std::move(explain)); }
ErasedAnswer Engine::ask_erased(Identity identity, const ErasedQuery& query, Visibility visibility) {
  return scheduler_->ask(std::move(identity), query, visibility);
}
ErasedAnswer Engine::peek_erased(const Identity& identity) const { return scheduler_->peek(identity); }
std::shared_ptr<const void> Engine::wait_erased(Identity identity, const ErasedQuery& query,
                                                const std::function<void(const Progress&)>& progress) {
  return scheduler_->wait(std::move(identity), query, progress);
}
void Engine::retry_erased(const Identity& identity) { scheduler_->retry(identity); }
void Engine::cancel_erased(const Identity& identity) { scheduler_->cancel(identity); }

}  // namespace tessera::engine
