#include "model/name_values.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

namespace tessera::model {
namespace {

// Operations whose results people ask for though no module returns them.
constexpr std::array<std::string_view, 42> notable{"relu",
                                                   "relu6",
                                                   "leaky_relu",
                                                   "prelu",
                                                   "elu",
                                                   "selu",
                                                   "celu",
                                                   "gelu",
                                                   "silu",
                                                   "mish",
                                                   "hardswish",
                                                   "hardsigmoid",
                                                   "hardtanh",
                                                   "sigmoid",
                                                   "tanh",
                                                   "softplus",
                                                   "log_sigmoid",
                                                   "clamp",
                                                   "clamp_min",
                                                   "threshold",
                                                   "add",
                                                   "sub",
                                                   "mul",
                                                   "cat",
                                                   "conv2d",
                                                   "conv_transpose2d",
                                                   "max_pool2d",
                                                   "avg_pool2d",
                                                   "adaptive_avg_pool2d",
                                                   "adaptive_max_pool2d",
                                                   "batch_norm",
                                                   "layer_norm",
                                                   "group_norm",
                                                   "instance_norm",
                                                   "upsample_nearest2d",
                                                   "upsample_bilinear2d",
                                                   "linear",
                                                   "rrelu",
                                                   "abs",
                                                   "pixel_shuffle",
                                                   "local_response_norm",
                                                   "scaled_dot_product_attention"};

std::string join(const std::string& path, const std::string& name) {
  return path.empty() ? name : path + "." + name;
}

std::string call_name(const ModuleReturn& returned) {
  return returned.call == 0 ? returned.path : returned.path + "#" + std::to_string(returned.call);
}

class Names {
 public:
  // The name itself, or with a number where it is taken: "relu", "relu#1" …
  std::string unused(const std::string& wanted, const char* before, const char* after) {
    std::string name = wanted;
    for (int i = 1; !taken_.insert(name).second; ++i) name = wanted + before + std::to_string(i) + after;
    return name;
  }

 private:
  std::unordered_set<std::string> taken_{"input"};
};

}  // namespace

std::unordered_map<const jit::Value*, ValueName> name_values(const Trace& trace) {
  std::unordered_map<const jit::Value*, ValueName> named;
  Names names;
  // Modules first: theirs are the names that people know.
  for (const ModuleReturn& returned : trace.returns) {
    ValueName& entry = named[returned.value];
    std::string name = names.unused(call_name(returned), "[", "]");
    if (!returned.made_inside) {
      entry.aliases.push_back(std::move(name));
      continue;
    }
    if (!entry.name.empty()) entry.aliases.push_back(std::move(entry.name));
    entry.name = std::move(name);
  }
  for (const jit::Node* node : trace.graph->nodes()) {
    const std::string_view kind = node->kind().toQualString();
    if (!kind.starts_with("aten::") || node->outputs().size() != 1) continue;
    const std::string operation(kind.substr(6));
    const auto fact = trace.facts.find(node->output());
    if (fact == trace.facts.end() || std::find(notable.begin(), notable.end(), operation) == notable.end())
      continue;
    ValueName& entry = named[node->output()];
    if (entry.name.empty()) entry.name = names.unused(join(fact->second.module, operation), "#", "");
  }
  std::erase_if(named, [](const auto& item) { return item.second.name.empty(); });
  return named;
}

}  // namespace tessera::model
