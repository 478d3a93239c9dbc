#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tessera/base/npz.h"
#include "tessera/model/model_card.h"
#include "tessera/session/ask_groups.h"

namespace tessera::app {

// What `tessera groups IMAGE` tells.
struct LayerGroupsReport {
  std::string image;
  std::shared_ptr<const model::ModelCard> card;
  session::GroupsRequest request;
  std::shared_ptr<const session::LayerGroups> groups;
  std::shared_ptr<const session::GroupAttributions> attributions;
  std::vector<int> classes;           // that are shown: the one asked for, then the likeliest
  std::vector<std::string> readings;  // what a class was taken for, where its name may be two things

  std::vector<std::string> remarks() const;  // the readings, then those of the groups and their attributions
};

std::string objective_text(const LayerGroupsReport& report);    // "gradients of Egyptian cat (285)"
std::string attribution_text(const LayerGroupsReport& report);  // "path, 20 steps" or "linear"

std::string to_text(const LayerGroupsReport& report);  // tables for a person
std::string to_json(const LayerGroupsReport& report);
npz::Arrays to_arrays(const LayerGroupsReport& report);  // as documented in docs/groups.md

}  // namespace tessera::app
