#include "ui/widgets/k_slider.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

float share_of(int k, int last) { return last > 1 ? float(k - 1) / float(last - 1) : 0.5f; }

// The largest value of the curve is as high as `where`. `below`: where the axis's numbers are, between which
// the knee is named where it is clear of them.
void draw_curve(Context& context, const session::KCurve& curve, int last, const Rect& where,
                const Rect& below) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  double most = 0;
  for (const session::KTrial& trial : curve.trials) most = std::max(most, trial.residual);
  if (!(most > 0)) return;
  std::vector<ImVec2> points;
  for (const session::KTrial& trial : curve.trials) {
    const ImVec2 at{where.from.x + share_of(trial.k, last) * where.width(),
                    where.to.y - float(trial.residual / most) * where.height()};
    points.push_back(at);
    if (trial.k != curve.knee) continue;
    list.AddLine({at.x, at.y}, {at.x, where.to.y}, context.theme.hairline, context.px(1));
    list.AddCircle(at, context.px(4), context.theme.muted, 24, context.px(1.25f));
    ImFont* font = context.fonts.small;
    const float half = text_size(font, "knee").x / 2, gap = context.px(6);
    if (at.x - half >= below.from.x + text_size(font, "1").x + gap &&
        at.x + half <= below.to.x - text_size(font, std::to_string(last)).x - gap)
      draw_text(context, font, {at.x, below.from.y}, context.theme.muted, "knee", 0, Align::center);
  }
  list.AddPolyline(points.data(), int(points.size()), context.theme.muted, 0, context.px(1.25f));
}

}  // namespace

int k_slider(Context& context, const std::string& name, const session::KCurve& curve, int k, int last,
             const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float inset = context.px(6);
  const float line = render::font_size(context.fonts.small);
  const float axis = std::round(where.to.y - line - context.px(12));
  const Rect track{{where.from.x + inset, where.from.y + line + context.px(6)}, {where.to.x - inset, axis}};
  int chosen = k;
  bool active = false;
  if (context.shown.controls && where.width() > 0 && where.height() > 0) {
    ImGui::SetCursorScreenPos(where.from);
    ImGui::InvisibleButton(name.c_str(), {where.width(), where.height()});
    active = ImGui::IsItemActive();
    if (active) {
      const float share = (ImGui::GetIO().MousePos.x - track.from.x) / std::max(1.0f, track.width());
      chosen = 1 + int(std::lround(std::clamp(share, 0.0f, 1.0f) * float(last - 1)));
    }
    active = active || ImGui::IsItemHovered();
    context.marks.add(name, {{track.from.x, where.from.y}, {track.to.x, where.to.y}});
    record_control(context, where, name);
  }
  const float below = axis + context.px(9);
  draw_curve(context, curve, last, track, {{where.from.x, below}, where.to});
  list.AddLine({track.from.x, axis + 0.5f}, {track.to.x, axis + 0.5f}, context.theme.faint, context.px(1));
  const float x = track.from.x + share_of(std::min(chosen, last), last) * track.width();
  list.AddCircleFilled({x, axis + 0.5f}, context.px(active ? 6 : 5),
                       active ? context.theme.accent : context.theme.ink, 24);
  draw_text(context, context.fonts.small, {where.from.x, below}, context.theme.muted, "1");
  draw_text(context, context.fonts.small, {where.to.x, below}, context.theme.muted, std::to_string(last), 0,
            Align::right);
  const float taken = draw_text(context, context.fonts.strong, where.from, context.theme.ink,
                                std::to_string(chosen) + (chosen == 1 ? " group" : " groups"));
  if (!curve.trials.empty())
    draw_text(context, context.fonts.small, {where.to.x, where.from.y + context.px(1)}, context.theme.muted,
              "unexplained", where.width() - taken - context.px(8), Align::right);
  return chosen;
}

}  // namespace tessera::ui
