#include "ui/classes_in_question.h"

#include <algorithm>

namespace tessera::ui {

std::vector<int> classes_in_question(const Scene& scene, int most) {
  std::vector<int> classes;
  const auto add = [&](int index) {
    if (int(classes.size()) < most && std::ranges::find(classes, index) == classes.end())
      classes.push_back(index);
  };
  if (scene.objective) add(scene.objective->plus);
  if (scene.objective && scene.objective->minus) add(*scene.objective->minus);
  if (scene.verdict)
    for (const model::ClassScore& score : scene.verdict->classes) add(score.index);
  return classes;
}

}  // namespace tessera::ui
