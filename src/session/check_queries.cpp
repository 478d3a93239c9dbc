#include "tessera/session/check_queries.h"

#include <span>

#include "tessera/base/content_hash.h"

namespace tessera::session {
namespace {

// Goes up whenever a check is added, measures otherwise or has another limit: what was kept before counts no
// more.
constexpr int version_of_checks = 2;

}  // namespace

std::string CheckModel::key() const {
  return intact(model).key() + '\n' + (image ? image->key() : "made pictures") + '\n' + (anew ? "anew" : "");
}

std::string CheckedNetwork::key() const {
  ContentHash hasher;
  const std::string text = "tessera check " + std::to_string(version_of_checks) + '\n' + hash + '\n' +
                           preprocessing + '\n' + device;
  hasher.add(std::as_bytes(std::span(text)));
  return hasher.text();
}

CheckedNetwork checked_network(const model::ModelCard& card) {
  return {card.hash, to_text(card.preprocessing), card.device};
}

std::size_t memory_cost(const FoundCheck& found) {
  return sizeof found + (found.report ? memory_cost(*found.report) : 0);
}

engine::Answer<check::Report> ask_check(engine::Engine& engine, const ModelRef& model,
                                        const model::ModelCard& card) {
  const engine::Answer<FoundCheck> found = engine.ask(FindCheck{checked_network(card)});
  if (found.pending()) return {found.state, found.progress, nullptr, nullptr};
  if (found.value && found.value->report)
    return {engine::State::ready, found.progress, found.value->report, nullptr};
  return engine.ask(CheckModel{intact(model)}, engine::Visibility::background);
}

std::shared_ptr<const check::Report> known_check(engine::Engine& engine, const ModelRef& model,
                                                 const model::ModelCard& card) {
  const auto found = engine.ask(FindCheck{checked_network(card)}).value;
  if (found && found->report) return found->report;
  return engine.peek(CheckModel{intact(model)}).value;
}

}  // namespace tessera::session
