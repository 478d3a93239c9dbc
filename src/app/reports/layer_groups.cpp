#include "app/reports/layer_groups.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/find_class.h"
#include "app/reports/cell_text.h"
#include "app/table.h"

namespace tessera::app {
namespace {

using Json = nlohmann::ordered_json;
using session::GroupContributions;
using session::LayerGroups;

std::string three_digits(double value) { return number_text(value, 3); }

std::string channels_of(const LayerGroups& groups, int group) {
  constexpr std::size_t shown = 6;
  const std::vector<factorization::ChannelWeight>& top = groups.top_channels[std::size_t(group)];
  std::string text;
  for (std::size_t i = 0; i < std::min(shown, top.size()); ++i)
    text += (i == 0 ? "" : " ") + std::to_string(top[i].channel);
  return text;
}

Json contributions_json(const LayerGroupsReport& report, int index) {
  const GroupContributions told = report.attributions->to_class(index);
  return {{"class", index},
          {"label", class_text(*report.card, index)},
          {"value", told.value},
          {"groups", told.groups},
          {"residual", told.residual},
          {"bias", told.bias},
          {"gap", told.gap}};
}

}  // namespace

std::vector<std::string> LayerGroupsReport::remarks() const {
  std::vector<std::string> all = readings;
  for (const auto* more : {&groups->remarks, &attributions->all.note.remarks})
    all.insert(all.end(), more->begin(), more->end());
  return all;
}

std::string objective_text(const LayerGroupsReport& report) {
  const std::string text = factorization::to_text(report.request.objective);
  if (!report.request.needs_gradient() || !report.request.towards) return text;
  const auto* towards = std::get_if<attribution::ClassLogit>(&*report.request.towards);
  return towards ? text + " of " + class_text(*report.card, towards->index) : text;
}

std::string attribution_text(const LayerGroupsReport& report) {
  const int steps = report.request.steps;
  return steps > 0 ? "path, " + std::to_string(steps) + " steps" : "linear";
}

std::string to_text(const LayerGroupsReport& report) {
  const LayerGroups& groups = *report.groups;
  std::string text = groups.layer + ": " + std::to_string(groups.height) + " × " +
                     std::to_string(groups.width) + " × " + std::to_string(groups.factorization.channels()) +
                     ", " + std::to_string(groups.groups()) + " groups of " + objective_text(report) +
                     " by " + std::string(factorization::name(groups.factorization.method)) + "\n\n";
  std::vector<Align> columns{Align::right, Align::right, Align::right, Align::right, Align::left};
  std::vector<std::string> titles{"group", "colour", "share", "magnitude", "channels"};
  std::vector<GroupContributions> told;
  for (const int index : report.classes) {
    columns.insert(columns.end() - 1, Align::right);
    titles.insert(titles.end() - 1, class_text(*report.card, index));
    told.push_back(report.attributions->to_class(index));
  }
  Table table(columns);
  table.add(titles);
  const auto add = [&](std::vector<std::string> cells, auto value, const std::string& channels) {
    for (const GroupContributions& one : told) cells.push_back(three_digits(value(one)));
    cells.push_back(channels);
    table.add(std::move(cells));
  };
  for (int i = 0; i < groups.groups(); ++i)
    add(
        {std::to_string(i + 1), colour_text(groups.hues[std::size_t(i)]),
         percent_text(groups.explained(i), 1), three_digits(groups.magnitudes[std::size_t(i)])},
        [i](const GroupContributions& one) { return double(one.groups[std::size_t(i)]); },
        channels_of(groups, i));
  add(
      {"rest", colour_text(factorization::no_group), percent_text(groups.unexplained(), 1),
       three_digits(groups.factorization.residual * groups.factorization.norm)},
      [](const GroupContributions& one) { return double(one.residual); }, "");
  add(
      {"bias", "", "", ""}, [](const GroupContributions& one) { return double(one.bias); }, "");
  add(
      {"gap", "", "", ""}, [](const GroupContributions& one) { return double(one.gap); }, "");
  add(
      {"logit", "", "", ""}, [](const GroupContributions& one) { return double(one.value); }, "");
  text += table.text() + "\nrelative error " + three_digits(groups.factorization.residual) +
          "; contributions to logits: " + attribution_text(report) + "\n";
  for (const std::string& remark : report.remarks()) text += "note: " + remark + "\n";
  return text;
}

std::string to_json(const LayerGroupsReport& report) {
  const LayerGroups& groups = *report.groups;
  const factorization::Factorization& factorization = groups.factorization;
  Json atoms = Json::array();
  for (int i = 0; i < groups.groups(); ++i) {
    const std::size_t at = std::size_t(i);
    Json channels = Json::array();
    for (const factorization::ChannelWeight& top : groups.top_channels[at])
      channels.push_back({{"channel", top.channel}, {"weight", top.weight}});
    atoms.push_back({{"explained", groups.explained(i)},
                     {"magnitude", groups.magnitudes[at]},
                     {"hue", colour_text(groups.hues[at])},
                     {"channels", std::move(channels)}});
  }
  Json classes = Json::array();
  for (const int index : report.classes) classes.push_back(contributions_json(report, index));
  const Json json{{"image", report.image},
                  {"model", report.card->file.string()},
                  {"layer", groups.layer},
                  {"objective", objective_text(report)},
                  {"method", factorization::name(factorization.method)},
                  {"height", groups.height},
                  {"width", groups.width},
                  {"channels", factorization.channels()},
                  {"norm", factorization.norm},
                  {"residual", factorization.residual},
                  {"seed", factorization.seed},
                  {"iterations", factorization.iterations},
                  {"converged", factorization.converged},
                  {"groups", std::move(atoms)},
                  {"attribution_method", report.request.steps > 0 ? "path" : "linear"},
                  {"steps", report.request.steps},
                  {"attribution", std::move(classes)},
                  {"remarks", report.remarks()}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

npz::Arrays to_arrays(const LayerGroupsReport& report) {
  const LayerGroups& groups = *report.groups;
  const attribution::AllClasses& all = report.attributions->all;
  const auto k = std::size_t(groups.groups());
  return {{"maps", {{std::size_t(groups.height), std::size_t(groups.width), k}, groups.maps->values}},
          {"directions",
           {{k, std::size_t(groups.factorization.channels())}, groups.factorization.directions.values}},
          {"residual", {{}, {float(groups.factorization.residual)}}},
          {"attribution", {{all.effects.targets, all.effects.atoms}, all.effects.values}},
          {"bias", {{all.baseline_logits.size()}, all.baseline_logits}},
          {"logits", {{all.logits.size()}, all.logits}}};
}

}  // namespace tessera::app
