#include "tessera/session/attribution_queries.h"

#include "session/key.h"

namespace tessera::session {
namespace {

std::string key_of(const ModelRef& model, const ImageRef& image,
                   const attribution::AttributionRequest& request) {
  return Key(model, image)
      .add(request.method)
      .add(request.layer)
      .add(request.objective)
      .add(request.rules)
      .add(request.baseline)
      .add(request.steps)
      .add(request.paths)
      .exactly(request.noise)
      .add(std::to_string(request.seed))
      .add(request.ablated)
      .text();
}

}  // namespace

std::string Attribute::key() const { return key_of(model, image, request); }
std::string RuleDifference::key() const { return key_of(model, image, request); }

std::string AssessTrust::key() const {
  return Key(model, image)
      .add(request.layer)
      .add(request.objective)
      .add(request.atoms)
      .add(request.rules)
      .add(request.baseline)
      .add(request.steps)
      .add(request.most)
      .text();
}

std::string AttributeAllClasses::key() const {
  Key key(model, image);
  key.add(request.layer).add(request.atoms).add(request.steps).add(request.baseline).add(request.rules);
  for (const int index : request.classes) key.add(index);
  return key.text();
}

std::string LayerToLayer::key() const {
  return Key(model, image)
      .add(request.layer)
      .add(request.atoms)
      .add(request.other)
      .add(request.other_atoms)
      .add(request.towards)
      .add(request.steps)
      .add(request.baseline)
      .add(request.rules)
      .text();
}

std::string Flows::key() const {
  return Key(model, image)
      .add(request.earlier)
      .add(request.earlier_groups)
      .add(request.later)
      .add(request.later_groups)
      .add(request.towards)
      .add(request.steps)
      .add(request.rules)
      .add(request.residual ? std::string("residual") : std::string("shared out"))
      .text();
}

}  // namespace tessera::session
