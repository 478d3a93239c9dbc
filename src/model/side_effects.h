#pragma once

#include <string_view>

namespace tessera::model {

// Throws Error where an operation of that qualified name ("aten::save") touches files, processes, the network
// or the terminal: a network has no business there.
void refuse_side_effect(std::string_view operation);

}  // namespace tessera::model
