#include "model/side_effects.h"

#include <algorithm>
#include <array>
#include <string>

#include "tessera/base/error.h"

namespace tessera::model {
namespace {

constexpr std::array<std::string_view, 10> forbidden{"aten::save",        "aten::from_file",
                                                     "aten::manual_seed", "aten::seed",
                                                     "prim::PythonOp",    "prim::IgnoredPythonOp",
                                                     "prim::rpc_async",   "prim::rpc_sync",
                                                     "prim::rpc_remote",  "aten::load"};
// Operations outside these belong to libraries that a file may not pull in.
constexpr std::array<std::string_view, 3> namespaces{"aten::", "prim::", "prims::"};

}  // namespace

void refuse_side_effect(std::string_view operation) {
  const bool known = std::any_of(namespaces.begin(), namespaces.end(),
                                 [&](std::string_view prefix) { return operation.starts_with(prefix); });
  if (known && std::find(forbidden.begin(), forbidden.end(), operation) == forbidden.end()) return;
  throw Error(
      "the model wants to run " + std::string(operation) +
          (known ? ", which reaches outside the network" : ", which is not an operation of a plain network"),
      {}, "Export the network again without it");
}

}  // namespace tessera::model
