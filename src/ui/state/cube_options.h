#pragma once

namespace tessera::ui {

// The parts that a layer's cube can be cut into.
enum class Atom { neuron, position, channel, group, whole };

// How the cube view shows it. In degrees.
struct CubeOptions {
  Atom atom = Atom::position;
  int turn = 30;  // about the vertical axis, 0 to 359
  int tilt = 28;  // from above, 5 to 85
  bool operator==(const CubeOptions&) const = default;
};

}  // namespace tessera::ui
