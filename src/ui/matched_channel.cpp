#include "ui/matched_channel.h"

#include <cstdio>
#include <string>

#include "ui/widgets/facts.h"

namespace tessera::ui {
namespace {

bool has_layer(const AppState& state, engine::Engine& engine, const std::string& layer) {
  if (!state.model) return false;
  const auto card = engine.peek(session::OpenModel{*state.model}).value;
  return card && card->find_layer(layer);
}

std::string correlation_text(float correlation) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", double(correlation));
  return text;
}

}  // namespace

std::optional<session::MatchChannels> match_query(const AppState& live, const AppState& kept,
                                                  engine::Engine& engine, const std::string& layer) {
  if (!live.image || !kept.image || !has_layer(live, engine, layer) || !has_layer(kept, engine, layer) ||
      live.model->file == kept.model->file)
    return std::nullopt;
  session::MatchChannels query{*live.model, layer, *kept.model, layer, {*live.image}};
  if (*kept.image != *live.image) query.images.push_back(*kept.image);
  return query;
}

void matched_channel_fact(const AppState& state, Context& context, const ChannelRef& channel) {
  if (!context.beside) return;
  const bool in_kept = context.shown.kept;
  // Asked alike from both halves, so that it is computed once.
  const auto query = in_kept ? match_query(*context.beside, state, context.engine, channel.layer)
                             : match_query(state, *context.beside, context.engine, channel.layer);
  if (!query) return;
  const auto answer = context.engine.ask(*query, engine::Visibility::focused);
  std::string text = answer.failed() ? "cannot be told" : "…";
  if (answer.value) {
    text = "none";
    for (const factorization::ChannelPair& pair : answer.value->channels.pairs)
      if ((in_kept ? pair.other : pair.one) == channel.channel)
        text = std::to_string(in_kept ? pair.one : pair.other) + ", correlation " +
               correlation_text(pair.correlation);
  }
  fact(context, "Match beside", text);
}

}  // namespace tessera::ui
