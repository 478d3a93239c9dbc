#include "app/reports/matching.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/table.h"

namespace tessera::app {
namespace {

using Json = nlohmann::ordered_json;
using factorization::ChannelPair;

std::string fixed(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

std::string layer_text(const model::ModelCard& card, const std::string& layer, int channels) {
  return layer + " of " + card.name + ", " + std::to_string(channels) + " channels";
}

// "12 pictures", "1 picture".
std::string counted(std::size_t number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

double mean_correlation(const std::vector<ChannelPair>& pairs) {
  double sum = 0;
  for (const ChannelPair& pair : pairs) sum += pair.correlation;
  return pairs.empty() ? 0 : sum / double(pairs.size());
}

std::string constant_text(const std::vector<int>& constant, const std::string& where) {
  constexpr std::size_t most_named = 12;
  if (constant.empty()) return {};
  std::string text = "The same everywhere in " + where + ", so that their correlation counts as 0: ";
  for (std::size_t i = 0; i < std::min(most_named, constant.size()); ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(constant[i]);
  if (constant.size() > most_named) text += ", … " + std::to_string(constant.size()) + " in all";
  return text + ".\n";
}

Json side_json(const model::ModelCard& card, const std::string& layer, int channels,
               const std::vector<int>& constant) {
  return {{"name", card.name}, {"layer", layer}, {"channels", channels}, {"constant", constant}};
}

}  // namespace

std::string to_text(const MatchReport& report) {
  const factorization::MatchedChannels& found = report.match->channels;
  const std::size_t rows =
      report.most_rows > 0 ? std::min(std::size_t(report.most_rows), found.pairs.size()) : found.pairs.size();
  std::string text = layer_text(*report.card, report.layer, found.correlations.rows) + "\n" +
                     layer_text(*report.with_card, report.with_layer, found.correlations.columns) + "\n" +
                     counted(report.images.size(), "picture") + ", " + counted(found.positions, "position") +
                     "\n\n";
  Table table({Align::right, Align::right, Align::right});
  table.add({"channel", "with", "correlation"});
  for (std::size_t i = 0; i < rows; ++i)
    table.add({std::to_string(found.pairs[i].one), std::to_string(found.pairs[i].other),
               fixed(double(found.pairs[i].correlation))});
  text += table.text();
  if (rows < found.pairs.size())
    text += "… and " + std::to_string(found.pairs.size() - rows) + " more (--rows 0 for all)\n";
  text += "\nMean correlation of all " + counted(found.pairs.size(), "pair") + ": " +
          fixed(mean_correlation(found.pairs)) + "\n";
  text += constant_text(found.constant_one, report.layer + " of " + report.card->name);
  text += constant_text(found.constant_other, report.with_layer + " of " + report.with_card->name);
  for (const std::string& remark : report.match->remarks) text += remark + "\n";
  return text;
}

std::string to_json(const MatchReport& report) {
  const factorization::MatchedChannels& found = report.match->channels;
  Json pairs = Json::array();
  for (const ChannelPair& pair : found.pairs)
    pairs.push_back({{"channel", pair.one}, {"with_channel", pair.other}, {"correlation", pair.correlation}});
  const Json json{
      {"images", report.images},
      {"model", side_json(*report.card, report.layer, found.correlations.rows, found.constant_one)},
      {"with",
       side_json(*report.with_card, report.with_layer, found.correlations.columns, found.constant_other)},
      {"positions", found.positions},
      {"mean_correlation", mean_correlation(found.pairs)},
      {"remarks", report.match->remarks},
      {"pairs", std::move(pairs)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace tessera::app
