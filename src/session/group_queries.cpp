#include "tessera/session/group_queries.h"

#include "session/group_key.h"

namespace tessera::session {
namespace {

std::string key_of(const std::shared_ptr<const LayerGroups>& groups) { return groups ? groups->key : "none"; }

}  // namespace

std::string Gradient::key() const {
  return Key(model, image).add(layer).add(objective).add(steps).add(rules).text();
}

std::string Groups::key() const { return key_of_solution(request).add(key_of(previous)).text(); }

std::string TryK::key() const { return key_of_solution(request).add(seeds).text(); }

std::string AttributeGroups::key() const {
  if (!groups) return "none";
  return Key(groups->model, groups->image).add(groups->key).add(steps).add(rules).text();
}

std::string GroupFlow::key() const {
  if (!earlier || !later) return "none";
  return Key(earlier->model, earlier->image)
      .add(earlier->key)
      .add(later->key)
      .add(towards)
      .add(steps)
      .add(rules)
      .text();
}

std::string CompatibleGroups::key() const {
  Key key(model, image);
  for (const Member& member : layers) key.add(member.layer).add(member.k);
  key.add(restarts).add(std::to_string(seed)).add(int(clip_negative)).add(steps).add(rules);
  for (const auto& groups : previous) key.add(key_of(groups));
  return key.text();
}

}  // namespace tessera::session
