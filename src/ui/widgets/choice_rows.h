#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ui/context.h"

namespace tessera::ui {

// A group of words, one of which is chosen; or which each do something.
struct ChoiceGroup {
  std::string
      name;  // its words are marked under `name`/`word`, a single one that does something under `name`
  std::vector<std::string> words;
  std::optional<int> chosen;        // nothing: a click does something each time
  std::function<void(int)> choose;  // called with another one than the chosen
  std::string before = {};          // muted, in front: "as"
};

// Groups of words laid out side by side, in further rows where there is no room for a whole group, and within
// a group only where it is wider than a row.
class ChoiceRows {
 public:
  // `first_room`: of the first row, which may stay empty; `room` of the others.
  ChoiceRows(const Context& context, std::vector<ChoiceGroup> groups, float first_room, float room);

  std::size_t count() const { return widths_.size(); }
  float width(std::size_t row) const { return widths_[row]; }
  float widest() const;

  static float step(const Context& context);    // from row to row
  static float height(const Context& context);  // of one

  // One row with its left upper corner at a place. Where Context::shown has no controls, nothing.
  void draw(Context& context, std::size_t row, ImVec2 at) const;

 private:
  struct Word {
    std::size_t group = 0;
    int index = -1;  // in the group; -1: what stands before it
    std::size_t row = 0;
    float left = 0;
  };

  const std::string& text(const Word& word) const;
  void place(const Context& context, std::size_t group, float first_room, float room);

  std::vector<ChoiceGroup> groups_;
  std::vector<Word> words_;
  std::vector<float> widths_;  // of the rows
};

}  // namespace tessera::ui
