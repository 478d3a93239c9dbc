#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ui/widgets/choice_rows.h"
#include "ui/widgets/shortened.h"

namespace tessera::ui {

// One line about trust in what a view shows. A click on it does something; files have it too.
struct HeaderBadge {
  std::string name;  // marked under it
  TextWithNames text;
  TextWithNames brief;    // where there is no room for it
  TextWithNames longest;  // what it may become: room for it is kept
  std::function<void()> press;
};

// What stands in a view's head.
struct ViewHead {
  TextWithNames title;
  TextWithNames subtitle = {};
  TextWithNames longest_subtitle = {};    // what it may become: room for it is kept; empty: itself
  std::vector<ChoiceGroup> choices = {};  // in the order in which they are to be read
  std::optional<HeaderBadge> badge = {};
};

// Draws the head of a view, over a rule, and returns what is left for the view. Choices stand to the right of
// title and subtitle; where these would have no room then, and in half a stage, in rows beneath them. The
// subtitle takes two lines at most (three where a number in it would be lost), names give way first. Halves
// of a stage leave the same room, so that what they show lies at one height.
Rect view_header(Context& context, const Rect& where, const ViewHead& head);

}  // namespace tessera::ui
