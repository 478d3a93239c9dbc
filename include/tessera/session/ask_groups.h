#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tessera/engine/engine.h"
#include "tessera/session/group_queries.h"

// Questions about groups that take two answers, one from each lane, asked as one. The `ask…` are for views,
// every frame: they never wait, and a failure of either answer is a failure of the whole. The `wait_for…` are
// for command lines and tests: they wait and throw Error.
namespace tessera::session {

engine::Answer<LayerGroups> ask_groups(engine::Engine& engine, const GroupsRequest& request,
                                       const std::shared_ptr<const LayerGroups>& previous = nullptr,
                                       const std::string& view = {},
                                       engine::Visibility visibility = engine::Visibility::visible);
std::shared_ptr<const LayerGroups> wait_for_groups(
    engine::Engine& engine, const GroupsRequest& request,
    const std::shared_ptr<const LayerGroups>& previous = nullptr,
    const std::function<void(const engine::Progress&)>& progress = {});

// How the residual falls and how stable the groups are from k = 1 on. Each k is a question of its own, behind
// whatever is visible unless told, so the curve grows while the slider stays live.
struct KCurve {
  std::vector<KTrial> trials;  // those that are there, ascending k
  bool complete = false;
  int knee = 0;  // the k where a complete curve of the residual bends most; 0: none
  std::shared_ptr<const Error> error;
};
KCurve ask_k_curve(engine::Engine& engine, const GroupsRequest& request, int last = 16, int seeds = 4,
                   engine::Visibility visibility = engine::Visibility::ahead);
KCurve wait_for_k_curve(engine::Engine& engine, const GroupsRequest& request, int last = 16, int seeds = 4);

}  // namespace tessera::session
