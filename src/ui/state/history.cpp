#include "ui/state/history.h"

#include <cstddef>
#include <utility>

namespace tessera::ui {
namespace {

constexpr std::size_t most_remembered = 500;

std::optional<Selection> step(std::vector<Selection>& from, std::vector<Selection>& to,
                              const Selection& now) {
  if (from.empty()) return std::nullopt;
  Selection next = std::move(from.back());
  from.pop_back();
  to.push_back(settled(now));
  return next;
}

}  // namespace

void History::changed(const Selection& before, const Selection& after) {
  Selection was = settled(before);
  if (was == settled(after)) return;
  past_.push_back(std::move(was));
  if (past_.size() > most_remembered) past_.erase(past_.begin());
  future_.clear();
}

std::optional<Selection> History::undo(const Selection& now) { return step(past_, future_, now); }
std::optional<Selection> History::redo(const Selection& now) { return step(future_, past_, now); }

void History::clear() {
  past_.clear();
  future_.clear();
}

}  // namespace tessera::ui
