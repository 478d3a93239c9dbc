#include "app/reports/groups.h"

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/reports/cell_text.h"
#include "tessera/factorization/facts.h"
#include "tessera/factorization/hue.h"

namespace tessera::app {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string to_text(const GroupsReport& report) {
  constexpr int shown_channels = 6;
  const factorization::Factorization& groups = report.groups;
  std::string text = report.source + ": ";
  if (report.cubes > 1) text += std::to_string(report.cubes) + " × ";
  text += std::to_string(report.height) + " × " + std::to_string(report.width) + " × " +
          std::to_string(groups.channels()) + ", " + std::to_string(groups.atoms()) + " groups\n";
  for (int i = 0; i < groups.atoms(); ++i) {
    char number[16];
    std::snprintf(number, sizeof number, "%3d  ", i + 1);
    text += number + percent_text(groups.explained[std::size_t(i)], 1, 5) + "   channels";
    for (const factorization::ChannelWeight& channel : factorization::top_channels(groups, i, shown_channels))
      text += ' ' + std::to_string(channel.channel);
    text += '\n';
  }
  return text + "rest " + percent_text(groups.residual * groups.residual, 1, 5) + "   relative error " +
         std::to_string(groups.residual) + '\n';
}

std::string to_json(const GroupsReport& report) {
  constexpr int shown_channels = 10;
  const factorization::Factorization& groups = report.groups;
  Json atoms = Json::array();
  for (int i = 0; i < groups.atoms(); ++i) {
    Json channels = Json::array();
    for (const factorization::ChannelWeight& channel : factorization::top_channels(groups, i, shown_channels))
      channels.push_back({{"channel", channel.channel}, {"weight", channel.weight}});
    atoms.push_back({{"explained", groups.explained[std::size_t(i)]},
                     {"magnitude", factorization::magnitude(groups, i)},
                     {"hue", colour_text(factorization::hue_of(i))},
                     {"channels", std::move(channels)}});
  }
  const Json json{{"source", report.source},
                  {"objective", report.objective},
                  {"method", factorization::name(groups.method)},
                  {"cubes", report.cubes},
                  {"height", report.height},
                  {"width", report.width},
                  {"channels", groups.channels()},
                  {"norm", groups.norm},
                  {"residual", groups.residual},
                  {"seed", groups.seed},
                  {"iterations", groups.iterations},
                  {"converged", groups.converged},
                  {"groups", std::move(atoms)}};
  return json.dump(2) + '\n';
}

}  // namespace tessera::app
