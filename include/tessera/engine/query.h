#pragma once

#include <concepts>
#include <cstddef>
#include <string>

namespace tessera::engine {

// Where a query is computed. Each lane is one worker thread.
enum class Lane {
  inference,  // the only thread on which torch may run
  cpu         // decoding, factorization, everything else
};

// A query is plain data. It names its result and its lane and can print its whole identity:
//
//   struct Classify {
//     using Result = Classification;
//     static constexpr Lane lane = Lane::inference;
//     std::string key() const;   // equal keys <=> equal answers
//     std::string tag() const;   // optional: of the queued queries with one tag only the newest survives (a
//     slider)
//     std::string batch() const;                        // optional, with most_in_batch: see Member
//     static constexpr std::size_t most_in_batch = 32;
//     static constexpr bool patient = true;             // optional: long work, after which nothing should
//     have to wait. Queries that are not patient and wanted as much go before it, and its handler gives way
//     to them (Job::should_give_way).
//   };
//
// What an answer weighs in the memo is `memory_cost(const Result&)`, found by argument-dependent lookup where
// the result has one, else sizeof(Result).
template <class Q>
concept Query = requires(const Q& query) {
  typename Q::Result;
  { Q::lane } -> std::convertible_to<Lane>;
  { query.key() } -> std::convertible_to<std::string>;
};

template <class Q>
concept TaggedQuery = Query<Q> && requires(const Q& query) {
  { query.tag() } -> std::convertible_to<std::string>;
};

template <class Q>
concept BatchedQuery = Query<Q> && requires(const Q& query) {
  { query.batch() } -> std::convertible_to<std::string>;
  { Q::most_in_batch } -> std::convertible_to<std::size_t>;
};

template <class Q>
constexpr bool is_patient() {
  if constexpr (requires { Q::patient; })
    return Q::patient;
  else
    return false;
}

template <class T>
std::size_t cost_of(const T& value) {
  if constexpr (requires {
                  { memory_cost(value) } -> std::convertible_to<std::size_t>;
                })
    return memory_cost(value);
  else
    return sizeof(T);
}

}  // namespace tessera::engine
