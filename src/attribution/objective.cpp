#include "tessera/attribution/objective.h"

#include <type_traits>

#include "attribution/written.h"

namespace tessera::attribution {
namespace {

using strict_json::Fields;
using strict_json::Json;

strict_json::Subject the_objective() { return written("the objective"); }

struct ObjectiveWriter {
  Json operator()(const ClassLogit& of) const { return {{"kind", "class"}, {"index", of.index}}; }
  Json operator()(const LogitDifference& of) const {
    return {{"kind", "difference"}, {"plus", of.plus}, {"minus", of.minus}};
  }
  Json operator()(const LogProbability& of) const {
    return {{"kind", "log_probability"}, {"index", of.index}};
  }
  Json operator()(const ChannelSum& of) const {
    return {{"kind", "channel"}, {"layer", of.layer}, {"channel", of.channel}};
  }
  Json operator()(const Neuron& of) const {
    return {{"kind", "neuron"}, {"layer", of.layer}, {"y", of.y}, {"x", of.x}, {"channel", of.channel}};
  }
  Json operator()(const PositionNorm& of) const {
    return {{"kind", "position"}, {"layer", of.layer}, {"y", of.y}, {"x", of.x}};
  }
  Json operator()(const GroupActivation& of) const {
    return {{"kind", "group"},
            {"layer", of.layer},
            {"map", strict_json::numbers(of.map, the_objective())},
            {"direction", strict_json::numbers(of.direction, the_objective())}};
  }
};

}  // namespace

const std::string& layer_of(const Objective& objective) {
  static const std::string logits;
  return std::visit(
      [](const auto& of) -> const std::string& {
        if constexpr (requires { of.layer; })
          return of.layer;
        else
          return logits;
      },
      objective);
}

std::string to_json(const Objective& objective) {
  return strict_json::dump(std::visit(ObjectiveWriter{}, objective));
}

Objective objective_from_json(std::string_view text) {
  const Json json = strict_json::parse(text, the_objective());
  const Fields fields(json, the_objective());
  const std::string kind = fields.text("kind");
  if (kind == "class") {
    fields.require({"kind", "index"});
    return ClassLogit{fields.index("index")};
  }
  if (kind == "difference") {
    fields.require({"kind", "plus", "minus"});
    return LogitDifference{fields.index("plus"), fields.index("minus")};
  }
  if (kind == "log_probability") {
    fields.require({"kind", "index"});
    return LogProbability{fields.index("index")};
  }
  if (kind == "channel") {
    fields.require({"kind", "layer", "channel"});
    return ChannelSum{fields.text("layer"), fields.index("channel")};
  }
  if (kind == "neuron") {
    fields.require({"kind", "layer", "y", "x", "channel"});
    return Neuron{fields.text("layer"), fields.index("y"), fields.index("x"), fields.index("channel")};
  }
  if (kind == "position") {
    fields.require({"kind", "layer", "y", "x"});
    return PositionNorm{fields.text("layer"), fields.index("y"), fields.index("x")};
  }
  if (kind == "group") {
    fields.require({"kind", "layer", "map", "direction"});
    return GroupActivation{fields.text("layer"), fields.numbers("map"), fields.numbers("direction")};
  }
  fields.refuse("is of a kind that does not exist, \"" + kind + "\"");
}

}  // namespace tessera::attribution
