#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <typeindex>
#include <variant>

#include "tessera/base/error.h"
#include "tessera/engine/answer.h"
#include "tessera/engine/job.h"
#include "tessera/engine/query.h"

// Queries, handlers and answers with their types taken away: what the templates of engine.h hand to
// src/engine/.
namespace tessera::engine {

struct Identity {
  std::type_index type;
  std::string key;
  bool operator==(const Identity&) const = default;
};

// A query borrowed for the length of a call: copied only where it has to be computed.
struct ErasedQuery {
  const void* query;
  Lane lane;
  std::shared_ptr<const void> (*copy)(const void*);
  std::string (*tag)(const void*);    // empty: never coalesced
  std::string (*batch)(const void*);  // empty: computed alone
  std::size_t most_in_batch;
  bool patient;
};

struct ErasedResult {
  std::shared_ptr<const void> value;
  std::size_t cost = 0;  // bytes
};

using ErasedAnswer = Answer<void>;

struct PutBack {};
using Outcome = std::variant<ErasedResult, Error, Cancelled, PutBack>;

struct ErasedMember {
  const void* query;
  Job job;
  std::function<void(Outcome)> leave;  // at most once
  bool has_left = false;
};

struct ErasedHandler {
  std::type_index result;  // the type behind ErasedResult::value and behind previews
  // For members that have not left when it returns or throws, run_handler decides.
  std::function<void(std::span<ErasedMember> members)> call;
};

}  // namespace tessera::engine
