#include "engine/outcome.h"

#include <exception>
#include <new>
#include <string>

namespace tessera::engine {

Outcome run_handler(const ErasedHandler& handler, std::span<ErasedMember> members,
                    const Engine::Explain& explain) {
  try {
    handler.call(members);
    return Error("the computation ended without a result");
  } catch (const Cancelled& cancelled) {
    return cancelled;
  } catch (const Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return not_enough_memory();
  } catch (const std::exception& exception) {
    if (explain)
      if (auto error = explain(exception)) return *std::move(error);
    return Error(std::string("the computation failed unexpectedly: ") + exception.what());
  } catch (...) {
    return Error("the computation failed for an unknown reason");
  }
}

}  // namespace tessera::engine
