#include "attribution/written.h"
#include "tessera/attribution/atoms.h"

namespace tessera::attribution {
namespace {

using strict_json::Fields;
using strict_json::Json;

strict_json::Subject list_of_atoms() { return written("the list of atoms"); }

Json groups_to_json(const std::vector<Group>& groups) {
  Json list = Json::array();
  for (const Group& group : groups)
    list.push_back({{"map", strict_json::numbers(group.map, list_of_atoms())},
                    {"direction", strict_json::numbers(group.direction, list_of_atoms())}});
  return list;
}

// Pairs of numbers in braces could be taken for an object by the JSON library.
Json indices(std::initializer_list<int> values) {
  Json list = Json::array();
  for (const int value : values) list.push_back(value);
  return list;
}

struct AtomsWriter {
  Json operator()(const Whole&) const { return {{"kind", "whole"}}; }
  Json operator()(const AllPositions&) const { return {{"kind", "positions"}}; }
  Json operator()(const AllChannels&) const { return {{"kind", "channels"}}; }
  Json operator()(const ChosenPositions& atoms) const {
    Json list = Json::array();
    for (const Position& at : atoms.list) list.push_back(indices({at.y, at.x}));
    return {{"kind", "positions"}, {"list", list}};
  }
  Json operator()(const ChosenChannels& atoms) const {
    Json list = Json::array();
    for (const int channel : atoms.list) list.push_back(channel);
    return {{"kind", "channels"}, {"list", list}};
  }
  Json operator()(const ChosenNeurons& atoms) const {
    Json list = Json::array();
    for (const NeuronIndex& at : atoms.list) list.push_back(indices({at.y, at.x, at.channel}));
    return {{"kind", "neurons"}, {"list", list}};
  }
  Json operator()(const GroupCubes& atoms) const {
    return {{"kind", "group_cubes"}, {"groups", groups_to_json(atoms.groups)}, {"residual", atoms.residual}};
  }
  Json operator()(const GroupShares& atoms) const {
    Json json{{"kind", "group_shares"}, {"groups", groups_to_json(atoms.groups)}};
    if (!atoms.rest.empty()) json["rest"] = strict_json::numbers(atoms.rest, list_of_atoms());
    return json;
  }
};

// The items of "list", each of so many indices.
std::vector<std::vector<int>> tuples(const Fields& fields, std::size_t length) {
  std::vector<std::vector<int>> result;
  for (const Json& item : fields.list("list")) {
    if (!item.is_array() || item.size() != length)
      fields.refuse("has something in \"list\" that is not " + std::to_string(length) + " indices");
    std::vector<int>& tuple = result.emplace_back();
    for (const Json& value : item) tuple.push_back(strict_json::index(value, list_of_atoms()));
  }
  return result;
}

std::vector<Group> groups_of(const Fields& fields) {
  std::vector<Group> groups;
  for (const Json& item : fields.list("groups")) {
    const Fields group(item, written("a group in the list of atoms"));
    group.require({"map", "direction"});
    groups.push_back({group.numbers("map"), group.numbers("direction")});
  }
  return groups;
}

Atoms positions_of(const Fields& fields) {
  if (!fields.has("list")) {
    fields.require({"kind"});
    return AllPositions{};
  }
  fields.require({"kind", "list"});
  ChosenPositions atoms;
  for (const auto& at : tuples(fields, 2)) atoms.list.push_back({at[0], at[1]});
  return atoms;
}

Atoms channels_of(const Fields& fields) {
  if (!fields.has("list")) {
    fields.require({"kind"});
    return AllChannels{};
  }
  fields.require({"kind", "list"});
  ChosenChannels atoms;
  for (const Json& item : fields.list("list"))
    atoms.list.push_back(strict_json::index(item, list_of_atoms()));
  return atoms;
}

Atoms neurons_of(const Fields& fields) {
  fields.require({"kind", "list"});
  ChosenNeurons atoms;
  for (const auto& at : tuples(fields, 3)) atoms.list.push_back({at[0], at[1], at[2]});
  return atoms;
}

}  // namespace

std::string to_json(const Atoms& atoms) { return strict_json::dump(std::visit(AtomsWriter{}, atoms)); }

Atoms atoms_from_json(std::string_view text) {
  const Json json = strict_json::parse(text, list_of_atoms());
  const Fields fields(json, list_of_atoms());
  const std::string kind = fields.text("kind");
  if (kind == "whole") {
    fields.require({"kind"});
    return Whole{};
  }
  if (kind == "positions") return positions_of(fields);
  if (kind == "channels") return channels_of(fields);
  if (kind == "neurons") return neurons_of(fields);
  if (kind == "group_cubes") {
    fields.require({"kind", "groups", "residual"});
    return GroupCubes{groups_of(fields), fields.truth("residual")};
  }
  if (kind == "group_shares") {
    if (!fields.has("rest")) {
      fields.require({"kind", "groups"});
      return GroupShares{groups_of(fields), {}};
    }
    fields.require({"kind", "groups", "rest"});
    return GroupShares{groups_of(fields), fields.numbers("rest")};
  }
  fields.refuse("is of a kind that does not exist, \"" + kind + "\"");
}

}  // namespace tessera::attribution
