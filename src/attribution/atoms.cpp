#include "tessera/attribution/atoms.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "tessera/base/error.h"

namespace tessera::attribution {
namespace {

struct Shape {
  int height = 0;
  int width = 0;
  int channels = 0;

  std::size_t positions() const { return std::size_t(height) * width; }
  bool has(const Position& at) const { return at.y >= 0 && at.y < height && at.x >= 0 && at.x < width; }
  bool has_channel(int channel) const { return channel >= 0 && channel < channels; }
};

Shape shape_of(const Cube& cube) { return {cube.height, cube.width, cube.channels}; }

std::string to_text(const Shape& shape) {
  return std::to_string(shape.height) + " x " + std::to_string(shape.width) + " positions and " +
         std::to_string(shape.channels) + " channels";
}

[[noreturn]] void refuse(const std::string& happened, const Shape& shape, const std::string& layer) {
  throw Error(happened, layer.empty() ? "atoms" : layer, "It has " + to_text(shape));
}

bool finite(const std::vector<float>& values) {
  return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

struct Check {
  Shape shape;
  const std::string& layer;

  void some(std::size_t count) const {
    if (count == 0) throw Error("no atoms are named", layer, "Name at least one");
  }
  void position(const Position& at) const {
    if (!shape.has(at))
      refuse("there is no position (" + std::to_string(at.y) + ", " + std::to_string(at.x) + ")", shape,
             layer);
  }
  void channel(int channel) const {
    if (!shape.has_channel(channel)) refuse("there is no channel " + std::to_string(channel), shape, layer);
  }
  void groups(const std::vector<Group>& groups) const {
    for (const Group& group : groups) {
      if (group.map.size() != shape.positions() || group.direction.size() != std::size_t(shape.channels))
        refuse("a group is of another shape, with " + std::to_string(group.map.size()) + " positions and " +
                   std::to_string(group.direction.size()) + " channels",
               shape, layer);
      if (!finite(group.map) || !finite(group.direction))
        throw Error("a group holds numbers that are not finite", layer, "Factorize the layer again");
    }
  }

  void operator()(const Whole&) const {}
  void operator()(const AllPositions&) const {}
  void operator()(const AllChannels&) const {}
  void operator()(const ChosenPositions& atoms) const {
    some(atoms.list.size());
    for (const Position& at : atoms.list) position(at);
  }
  void operator()(const ChosenChannels& atoms) const {
    some(atoms.list.size());
    for (const int c : atoms.list) channel(c);
  }
  void operator()(const ChosenNeurons& atoms) const {
    some(atoms.list.size());
    for (const NeuronIndex& at : atoms.list) {
      position({at.y, at.x});
      channel(at.channel);
    }
  }
  void operator()(const GroupCubes& atoms) const {
    some(atoms.groups.size() + (atoms.residual ? 1 : 0));
    groups(atoms.groups);
  }
  void operator()(const GroupShares& atoms) const {
    some(atoms.groups.size() + (atoms.rest.empty() ? 0 : 1));
    groups(atoms.groups);
    if (atoms.rest.empty()) return;
    if (atoms.rest.size() != shape.positions() * std::size_t(shape.channels))
      refuse("what the groups leave is of another shape", shape, layer);
    if (!finite(atoms.rest) ||
        std::any_of(atoms.rest.begin(), atoms.rest.end(), [](float v) { return v < 0; }))
      throw Error("what the groups leave holds negative or infinite magnitudes", layer,
                  "Factorize the layer again");
  }
};

struct Count {
  Shape shape;

  std::size_t operator()(const Whole&) const { return 1; }
  std::size_t operator()(const AllPositions&) const { return shape.positions(); }
  std::size_t operator()(const AllChannels&) const { return std::size_t(shape.channels); }
  std::size_t operator()(const GroupCubes& atoms) const {
    return atoms.groups.size() + (atoms.residual ? 1 : 0);
  }
  std::size_t operator()(const GroupShares& atoms) const {
    return atoms.groups.size() + (atoms.rest.empty() ? 0 : 1);
  }
  template <typename Chosen>
  std::size_t operator()(const Chosen& atoms) const {
    return atoms.list.size();
  }
};

// w_i at a neuron. Products of floats are exact in double, so that a share of the whole is the whole.
double magnitude(const Group& group, std::size_t position, std::size_t channel) {
  return std::abs(double(group.map[position]) * group.direction[channel]);
}

// How a neuron is shared out.
struct Split {
  const GroupShares& atoms;
  std::size_t position, channel, channels;

  std::size_t count() const { return atoms.groups.size() + (atoms.rest.empty() ? 0 : 1); }
  double of(std::size_t i) const {
    return i < atoms.groups.size() ? magnitude(atoms.groups[i], position, channel)
                                   : double(atoms.rest[position * channels + channel]);
  }
  double total() const {
    double sum = 0;
    for (std::size_t i = 0; i < count(); ++i) sum += of(i);
    return sum;
  }
  double share(std::size_t i, double total) const {
    return total > 0 ? of(i) / total : 1.0 / double(count());
  }
};

Cube empty_like(const Cube& cube) { return Cube(cube.height, cube.width, cube.channels); }

struct Part {
  const Cube& cube;
  std::size_t i;

  Cube at_position(const Position& at) const {
    Cube result = empty_like(cube);
    const auto values = cube.position(at.y, at.x);
    std::copy(values.begin(), values.end(),
              result.values.begin() + std::ptrdiff_t(result.index(at.y, at.x, 0)));
    return result;
  }
  Cube of_channel(std::size_t channel) const {
    Cube result = empty_like(cube);
    for (std::size_t at = channel; at < result.values.size(); at += std::size_t(cube.channels))
      result.values[at] = cube.values[at];
    return result;
  }

  Cube operator()(const Whole&) const { return cube; }
  Cube operator()(const AllPositions&) const {
    const auto width = std::size_t(cube.width);
    return at_position({int(i / width), int(i % width)});
  }
  Cube operator()(const AllChannels&) const { return of_channel(i); }
  Cube operator()(const ChosenPositions& atoms) const { return at_position(atoms.list[i]); }
  Cube operator()(const ChosenChannels& atoms) const { return of_channel(std::size_t(atoms.list[i])); }
  Cube operator()(const ChosenNeurons& atoms) const {
    const auto& [y, x, channel] = atoms.list[i];
    Cube result = empty_like(cube);
    result.at(y, x, channel) = cube.at(y, x, channel);
    return result;
  }
  Cube operator()(const GroupCubes& atoms) const {
    Cube result = empty_like(cube);
    const auto channels = std::size_t(cube.channels);
    const bool rest = i == atoms.groups.size();
    for (std::size_t p = 0; p < cube.positions(); ++p)
      for (std::size_t c = 0; c < channels; ++c) {
        double value = 0;
        if (rest) {
          value = cube.values[p * channels + c];
          for (const Group& group : atoms.groups) value -= double(group.map[p]) * group.direction[c];
        } else {
          value = double(atoms.groups[i].map[p]) * atoms.groups[i].direction[c];
        }
        result.values[p * channels + c] = float(value);
      }
    return result;
  }
  Cube operator()(const GroupShares& atoms) const {
    Cube result = empty_like(cube);
    const auto channels = std::size_t(cube.channels);
    for (std::size_t p = 0; p < cube.positions(); ++p)
      for (std::size_t c = 0; c < channels; ++c) {
        const Split split{atoms, p, c, channels};
        const std::size_t at = p * channels + c;
        result.values[at] = float(cube.values[at] * split.share(i, split.total()));
      }
    return result;
  }
};

// Sums of factor(k) · attribution.values[k], the factor being one or a gradient.
template <typename Value>
struct Reduce {
  Shape shape;
  Value value;  // at (position, channel)

  double position(std::size_t p) const {
    double sum = 0;
    for (std::size_t c = 0; c < std::size_t(shape.channels); ++c) sum += value(p, c);
    return sum;
  }
  double channel(std::size_t c) const {
    double sum = 0;
    for (std::size_t p = 0; p < shape.positions(); ++p) sum += value(p, c);
    return sum;
  }
  std::size_t index(int y, int x) const { return std::size_t(y) * shape.width + x; }

  std::vector<double> operator()(const Whole&) const {
    double sum = 0;
    for (std::size_t p = 0; p < shape.positions(); ++p) sum += position(p);
    return {sum};
  }
  std::vector<double> operator()(const AllPositions&) const {
    std::vector<double> sums(shape.positions());
    for (std::size_t p = 0; p < sums.size(); ++p) sums[p] = position(p);
    return sums;
  }
  std::vector<double> operator()(const AllChannels&) const {
    std::vector<double> sums(std::size_t(shape.channels), 0.0);
    for (std::size_t p = 0; p < shape.positions(); ++p)
      for (std::size_t c = 0; c < sums.size(); ++c) sums[c] += value(p, c);
    return sums;
  }
  std::vector<double> operator()(const ChosenPositions& atoms) const {
    std::vector<double> sums;
    for (const Position& at : atoms.list) sums.push_back(position(index(at.y, at.x)));
    return sums;
  }
  std::vector<double> operator()(const ChosenChannels& atoms) const {
    std::vector<double> sums;
    for (const int c : atoms.list) sums.push_back(channel(std::size_t(c)));
    return sums;
  }
  std::vector<double> operator()(const ChosenNeurons& atoms) const {
    std::vector<double> sums;
    for (const NeuronIndex& at : atoms.list)
      sums.push_back(value(index(at.y, at.x), std::size_t(at.channel)));
    return sums;
  }
  std::vector<double> operator()(const GroupCubes&) const {
    throw Error("the attribution of groups does not follow from the layer's attribution alone", "group cubes",
                "Give the layer's cube and gradient, or use the groups' shares");
  }
  std::vector<double> operator()(const GroupShares& atoms) const {
    const auto channels = std::size_t(shape.channels);
    std::vector<double> sums(Count{shape}(atoms));
    for (std::size_t p = 0; p < shape.positions(); ++p)
      for (std::size_t c = 0; c < channels; ++c) {
        const Split split{atoms, p, c, channels};
        const double total = split.total();
        const double here = value(p, c);
        for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += here * split.share(i, total);
      }
    return sums;
  }
};

std::vector<float> to_floats(const std::vector<double>& sums) { return {sums.begin(), sums.end()}; }

std::vector<double> reduce_groups(const Cube& cube, const Cube& gradient, const GroupCubes& atoms) {
  const auto channels = std::size_t(cube.channels);
  std::vector<double> sums(atoms.groups.size());
  double rest = 0;
  for (std::size_t p = 0; p < cube.positions(); ++p) {
    const float* here = gradient.values.data() + p * channels;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const Group& group = atoms.groups[i];
      if (group.map[p] == 0) continue;
      double inner = 0;
      for (std::size_t c = 0; c < channels; ++c) inner += double(group.direction[c]) * here[c];
      sums[i] += group.map[p] * inner;
    }
    if (!atoms.residual) continue;
    for (std::size_t c = 0; c < channels; ++c) rest += double(cube.values[p * channels + c]) * here[c];
  }
  if (!atoms.residual) return sums;
  for (std::size_t i = 0; i < atoms.groups.size(); ++i) rest -= sums[i];
  sums.push_back(rest);
  return sums;
}

void require_same_shape(const Cube& cube, const Cube& gradient) {
  if (cube.height != gradient.height || cube.width != gradient.width || cube.channels != gradient.channels)
    throw Error("a cube and its gradient have different shapes", "attribution",
                "Take both from the same layer of the same picture");
}

}  // namespace

std::vector<float> rest_of(const Cube& cube, const std::vector<Group>& groups) {
  const Atoms atoms = GroupCubes{groups, true};
  std::vector<float> rest = part(cube, atoms, groups.size()).values;
  for (float& value : rest) value = std::abs(value);
  return rest;
}

void check(const Atoms& atoms, int height, int width, int channels, const std::string& layer) {
  std::visit(Check{{height, width, channels}, layer}, atoms);
}

std::size_t count(const Atoms& atoms, int height, int width, int channels) {
  return std::visit(Count{{height, width, channels}}, atoms);
}

Cube part(const Cube& cube, const Atoms& atoms, std::size_t i) {
  check(atoms, cube.height, cube.width, cube.channels, "");
  if (i >= count(atoms, cube.height, cube.width, cube.channels))
    throw Error("there is no atom " + std::to_string(i), "atoms");
  return std::visit(Part{cube, i}, atoms);
}

std::vector<Cube> parts(const Cube& cube, const Atoms& atoms) {
  check(atoms, cube.height, cube.width, cube.channels, "");
  const std::size_t atom_count = count(atoms, cube.height, cube.width, cube.channels);
  std::vector<Cube> found;
  const auto* shares = std::get_if<GroupShares>(&atoms);
  if (!shares) {
    for (std::size_t i = 0; i < atom_count; ++i) found.push_back(std::visit(Part{cube, i}, atoms));
    return found;
  }
  found.assign(atom_count, empty_like(cube));
  const auto channels = std::size_t(cube.channels);
  for (std::size_t p = 0; p < cube.positions(); ++p)
    for (std::size_t c = 0; c < channels; ++c) {
      const Split split{*shares, p, c, channels};
      const double total = split.total();
      const std::size_t at = p * channels + c;
      for (std::size_t i = 0; i < atom_count; ++i)
        found[i].values[at] = float(cube.values[at] * split.share(i, total));
    }
  return found;
}

std::vector<float> reduce(const Cube& attribution, const Atoms& atoms) {
  check(atoms, attribution.height, attribution.width, attribution.channels, "");
  const auto channels = std::size_t(attribution.channels);
  const auto value = [&](std::size_t p, std::size_t c) {
    return double(attribution.values[p * channels + c]);
  };
  return to_floats(std::visit(Reduce<decltype(value)>{shape_of(attribution), value}, atoms));
}

std::vector<float> reduce(const Cube& cube, const Cube& gradient, const Atoms& atoms) {
  require_same_shape(cube, gradient);
  check(atoms, cube.height, cube.width, cube.channels, "");
  if (const auto* groups = std::get_if<GroupCubes>(&atoms))
    return to_floats(reduce_groups(cube, gradient, *groups));
  const auto channels = std::size_t(cube.channels);
  const auto value = [&](std::size_t p, std::size_t c) {
    return double(cube.values[p * channels + c]) * gradient.values[p * channels + c];
  };
  return to_floats(std::visit(Reduce<decltype(value)>{shape_of(cube), value}, atoms));
}

Cube product(const Cube& cube, const Cube& gradient) {
  require_same_shape(cube, gradient);
  Cube result = empty_like(cube);
  std::transform(cube.values.begin(), cube.values.end(), gradient.values.begin(), result.values.begin(),
                 std::multiplies<>());
  return result;
}

}  // namespace tessera::attribution
