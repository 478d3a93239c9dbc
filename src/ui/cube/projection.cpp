#include "ui/cube/projection.h"

#include <algorithm>
#include <cmath>

namespace tessera::ui {

Projection::Projection(float turn, float tilt, ImVec2 middle, float pixels)
    : cos_turn_(std::cos(turn)),
      sin_turn_(std::sin(turn)),
      cos_tilt_(std::cos(tilt)),
      sin_tilt_(std::sin(tilt)),
      middle_(middle),
      pixels_(pixels) {}

ImVec2 Projection::at(Point3 point) const {
  const float across = point.x * cos_turn_ + point.z * sin_turn_;
  const float along = -point.x * sin_turn_ + point.z * cos_turn_;
  return {middle_.x + pixels_ * across, middle_.y - pixels_ * (point.y * cos_tilt_ - along * sin_tilt_)};
}

float Projection::nearness(Point3 point) const {
  const float along = -point.x * sin_turn_ + point.z * cos_turn_;
  return point.y * sin_tilt_ + along * cos_tilt_;
}

std::array<ImVec2, 4> corners(const Projection& projection, const Box3& box, Side side) {
  const auto& [from, to] = box;
  const auto at = [&](float x, float y, float z) { return projection.at({x, y, z}); };
  switch (side) {
    case Side::top:
    case Side::bottom: {
      const float y = side == Side::top ? to.y : from.y;
      return {at(from.x, y, from.z), at(to.x, y, from.z), at(to.x, y, to.z), at(from.x, y, to.z)};
    }
    case Side::left:
    case Side::right: {
      const float x = side == Side::right ? to.x : from.x;
      return {at(x, to.y, from.z), at(x, to.y, to.z), at(x, from.y, to.z), at(x, from.y, from.z)};
    }
    case Side::front:
    case Side::back: {
      const float z = side == Side::front ? to.z : from.z;
      return {at(from.x, to.y, z), at(to.x, to.y, z), at(to.x, from.y, z), at(from.x, from.y, z)};
    }
  }
  return {};
}

bool faces_viewer(const Projection& projection, Side side) {
  constexpr float edge_on = 1e-4f;
  switch (side) {
    case Side::top:
      return projection.nearness({0, 1, 0}) > edge_on;
    case Side::bottom:
      return projection.nearness({0, -1, 0}) > edge_on;
    case Side::left:
      return projection.nearness({-1, 0, 0}) > edge_on;
    case Side::right:
      return projection.nearness({1, 0, 0}) > edge_on;
    case Side::front:
      return projection.nearness({0, 0, 1}) > edge_on;
    case Side::back:
      return projection.nearness({0, 0, -1}) > edge_on;
  }
  return false;
}

bool inside(const std::array<ImVec2, 4>& corners, ImVec2 point) {
  int left = 0, right = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const ImVec2 a = corners[i], b = corners[(i + 1) % 4];
    const float side = (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x);
    left += side > 0;
    right += side < 0;
  }
  return left == 0 || right == 0;
}

float fitting(float turn, float tilt, const Box3& box, const Rect& where) {
  const Projection unit(turn, tilt, {0, 0}, 1);
  ImVec2 least{1e9f, 1e9f}, most{-1e9f, -1e9f};
  for (const Side side : {Side::top, Side::bottom})
    for (const ImVec2 corner : corners(unit, box, side)) {
      least = {std::min(least.x, corner.x), std::min(least.y, corner.y)};
      most = {std::max(most.x, corner.x), std::max(most.y, corner.y)};
    }
  return std::min(where.width() / std::max(1e-6f, most.x - least.x),
                  where.height() / std::max(1e-6f, most.y - least.y));
}

}  // namespace tessera::ui
