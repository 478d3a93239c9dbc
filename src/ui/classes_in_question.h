#pragma once

#include <vector>

#include "ui/scene.h"

namespace tessera::ui {

// The classes that are worth a column or a node: the objective's, then the likeliest; as many as `most`.
std::vector<int> classes_in_question(const Scene& scene, int most);

}  // namespace tessera::ui
