#include "ui/widgets/blend_triangle.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr double steps = 20;    // of each weight
constexpr double near = 0.075;  // a smaller weight counts as none

using Weights = std::array<double, 3>;

Weights weights_of(const factorization::Objective& blend) {
  return {blend.activations, blend.gradients, blend.attributions};
}

// Barycentric coordinates.
Weights weights_at(ImVec2 point, const Corners& corners) {
  const auto& [a, b, c] = corners;
  const double area = double(b.y - c.y) * (a.x - c.x) + double(c.x - b.x) * (a.y - c.y);
  if (area == 0) return {1, 0, 0};
  const double first = (double(b.y - c.y) * (point.x - c.x) + double(c.x - b.x) * (point.y - c.y)) / area;
  const double second = (double(c.y - a.y) * (point.x - c.x) + double(a.x - c.x) * (point.y - c.y)) / area;
  return {first, second, 1 - first - second};
}

}  // namespace

ImVec2 point_of_blend(const factorization::Objective& blend, const Corners& corners) {
  const Weights weights = weights_of(blend);
  const double sum = weights[0] + weights[1] + weights[2];
  if (!(sum > 0)) return corners[0];
  ImVec2 point{0, 0};
  for (std::size_t i = 0; i < 3; ++i) {
    point.x += float(weights[i] / sum) * corners[i].x;
    point.y += float(weights[i] / sum) * corners[i].y;
  }
  return point;
}

factorization::Objective blend_at(ImVec2 point, const Corners& corners) {
  Weights weights = weights_at(point, corners);
  for (double& weight : weights) weight = weight < near ? 0 : weight;
  const double sum = weights[0] + weights[1] + weights[2];
  // What rounding leaves over goes to the largest, so that the sum stays 1.
  const auto largest = std::max_element(weights.begin(), weights.end());
  double left = steps;
  for (auto weight = weights.begin(); weight != weights.end(); ++weight) {
    if (weight == largest) continue;
    const double rounded = std::round(*weight / sum * steps);
    left -= rounded;
    *weight = rounded / steps;
  }
  *largest = left / steps;
  return {weights[0], weights[1], weights[2]};
}

factorization::Objective blend_triangle(Context& context, const std::string& name,
                                        const factorization::Objective& blend, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* font = context.fonts.small;
  const float line = render::font_size(font);
  const float height = std::max(context.px(8), where.height() - 2 * line - context.px(10));
  const float half = height / std::sqrt(3.0f);
  const float middle = where.center().x;
  const float top = where.from.y + line + context.px(4);
  const Corners corners{ImVec2{middle, top}, ImVec2{middle - half, top + height},
                        ImVec2{middle + half, top + height}};
  factorization::Objective chosen = blend;
  bool active = false;
  if (context.shown.controls && where.width() > 0 && where.height() > 0) {
    ImGui::SetCursorScreenPos(where.from);
    ImGui::InvisibleButton(name.c_str(), {where.width(), where.height()});
    active = ImGui::IsItemActive();
    if (active) chosen = blend_at(ImGui::GetIO().MousePos, corners);
    active = active || ImGui::IsItemHovered();
    mark_control(context, name, where);
    const float reach = context.px(5);
    const char* names[] = {"/activations", "/gradients", "/attributions"};
    for (std::size_t i = 0; i < 3; ++i)
      context.marks.add(name + names[i], {{corners[i].x - reach, corners[i].y - reach},
                                          {corners[i].x + reach, corners[i].y + reach}});
  }
  list.AddTriangle(corners[0], corners[1], corners[2], active ? context.theme.muted : context.theme.faint,
                   context.px(1));
  const auto label = [&](std::size_t corner, const char* text, ImVec2 at, Align align) {
    const bool weighs = weights_of(chosen)[corner] > 0;
    draw_text(context, font, at, weighs ? context.theme.ink : context.theme.muted, text, 0, align);
  };
  const float below = top + height + context.px(3);
  label(0, "Activations", {middle, where.from.y}, Align::center);
  // Beneath its corner each, but clear of the other.
  const float gradients = text_size(font, "Gradients").x, attributions = text_size(font, "Attributions").x;
  const float apart = context.px(10);
  const float left = std::max(
      where.from.x, std::min(middle - half - context.px(46), where.to.x - attributions - apart - gradients));
  const float right =
      std::min(where.to.x, std::max(middle + half + context.px(46), left + gradients + apart + attributions));
  label(1, "Gradients", {left, below}, Align::left);
  label(2, "Attributions", {right, below}, Align::right);
  const ImVec2 point = point_of_blend(chosen, corners);
  list.AddCircleFilled(point, context.px(active ? 6 : 5), context.theme.page, 24);
  list.AddCircleFilled(point, context.px(active ? 5 : 4), active ? context.theme.accent : context.theme.ink,
                       24);
  return chosen;
}

}  // namespace tessera::ui
