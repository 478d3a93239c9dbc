#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tessera/base/cube.h"

namespace tessera::attribution {

struct Position {
  int y = 0;
  int x = 0;
  bool operator==(const Position&) const = default;
};

struct NeuronIndex {
  int y = 0;
  int x = 0;
  int channel = 0;
  bool operator==(const NeuronIndex&) const = default;
};

// A factor of a layer: where, and what.
struct Group {
  std::vector<float> map;        // H·W values, row by row
  std::vector<float> direction;  // C values
  bool operator==(const Group&) const = default;
};

// The cube as it is, one atom.
struct Whole {
  bool operator==(const Whole&) const = default;
};
struct AllPositions {  // row by row
  bool operator==(const AllPositions&) const = default;
};
struct AllChannels {
  bool operator==(const AllChannels&) const = default;
};
struct ChosenPositions {
  std::vector<Position> list;
  bool operator==(const ChosenPositions&) const = default;
};
struct ChosenChannels {
  std::vector<int> list;
  bool operator==(const ChosenChannels&) const = default;
};
struct ChosenNeurons {
  std::vector<NeuronIndex> list;
  bool operator==(const ChosenNeurons&) const = default;
};
// Each group's own cube G = map ⊗ direction, whatever the layer holds; with `residual`, a last atom A - ΣG.
struct GroupCubes {
  std::vector<Group> groups;
  bool residual = false;
  bool operator==(const GroupCubes&) const = default;
};
// The layer's cube split among the groups: part i is w_i ⊙ A, w_i = |G_i| / Σ|G|, equal where all are zero.
// The parts add up to A. `rest`, H·W·C magnitudes row by row or empty, makes one more atom, the last, which
// counts like a group: with rest_of(A, groups) it is the residual, and where A >= ΣG >= 0 the parts are the
// groups' cubes and what they leave.
struct GroupShares {
  std::vector<Group> groups;
  std::vector<float> rest;
  bool operator==(const GroupShares&) const = default;
};

// What a layer is broken into.
using Atoms = std::variant<Whole, AllPositions, AllChannels, ChosenPositions, ChosenChannels, ChosenNeurons,
                           GroupCubes, GroupShares>;

// |A - ΣG| of a layer's cube, for GroupShares. Throws Error for groups of another shape or not finite.
std::vector<float> rest_of(const Cube& cube, const std::vector<Group>& groups);

// Throws Error where an atom does not exist in a layer of this shape, or a group has another one or is not
// finite, or a rest is negative, or there are no atoms at all.
void check(const Atoms& atoms, int height, int width, int channels, const std::string& layer);

// How many atoms they are in a layer of this shape.
std::size_t count(const Atoms& atoms, int height, int width, int channels);

// Atom i's part of a cube, zero elsewhere. The parts of Whole, AllPositions, AllChannels, GroupShares and
// GroupCubes with residual add up to the cube. Throws Error as `check`, and where there is no atom i.
Cube part(const Cube& cube, const Atoms& atoms, std::size_t i);
// All of them; shares of groups in one go.
std::vector<Cube> parts(const Cube& cube, const Atoms& atoms);

// Sums a signed attribution cube (a ⊙ gradient) by atom: one value for each. Sums are preserved where parts
// add up. Throws Error for GroupCubes, whose attribution does not follow from the layer's: see below.
std::vector<float> reduce(const Cube& attribution, const Atoms& atoms);

// ⟨part_i(cube), gradient⟩ for every atom i: reduce(cube ⊙ gradient) for those that divide the cube, and
// ⟨G_i, gradient⟩ for GroupCubes. With the residual, the sum is ⟨cube, gradient⟩ again.
std::vector<float> reduce(const Cube& cube, const Cube& gradient, const Atoms& atoms);

// cube ⊙ gradient. Throws Error where shapes differ.
Cube product(const Cube& cube, const Cube& gradient);

// JSON with one field "kind" ("whole", "positions", "channels", "neurons", "group_cubes", "group_shares") and
// that kind's own. "positions" and "channels" without "list" mean all:
// {"kind":"positions","list":[[3,4],[3,5]]}.
std::string to_json(const Atoms& atoms);
Atoms atoms_from_json(std::string_view text);  // strict, as for objectives

}  // namespace tessera::attribution
