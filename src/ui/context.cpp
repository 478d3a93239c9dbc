#include "ui/context.h"

#include <utility>

namespace tessera::ui {

// Not in the header: what moves a change of sixty kinds takes seconds to compile, in every file that draws.
void Context::emit(Action action) { actions.push_back(std::move(action)); }

}  // namespace tessera::ui
