#pragma once

#include <imgui.h>

#include <array>

#include "ui/rect.h"

namespace tessera::ui {

// A point of the space in which a layer's cube stands: x along its columns, y up, z along its rows towards
// the viewer. The cube's middle is the origin, its longest side about 1.
struct Point3 {
  float x = 0;
  float y = 0;
  float z = 0;
};

// Orthographic: parallel lines stay parallel. `turn` about the vertical axis, then `tilt` down, in radians.
class Projection {
 public:
  Projection(float turn, float tilt, ImVec2 middle, float pixels);

  ImVec2 at(Point3 point) const;
  float nearness(Point3 point) const;  // greater: nearer to the viewer

 private:
  float cos_turn_, sin_turn_, cos_tilt_, sin_tilt_;
  ImVec2 middle_;
  float pixels_;  // for a length of 1
};

// A box along the axes.
struct Box3 {
  Point3 from;  // least x, y and z
  Point3 to;
  Point3 middle() const { return {(from.x + to.x) / 2, (from.y + to.y) / 2, (from.z + to.z) / 2}; }
};

enum class Side { top, bottom, left, right, front, back };

// The corners of a side in order, on screen.
std::array<ImVec2, 4> corners(const Projection& projection, const Box3& box, Side side);
// Whether the viewer sees that side of any box.
bool faces_viewer(const Projection& projection, Side side);

// Of a convex quadrilateral, whichever way round it is.
bool inside(const std::array<ImVec2, 4>& corners, ImVec2 point);

// The pixels for a length of 1 with which `box` fits into `where` from this direction.
float fitting(float turn, float tilt, const Box3& box, const Rect& where);

}  // namespace tessera::ui
