#pragma once

#include <string>

#include "tessera/attribution/all_classes.h"
#include "tessera/attribution/flows.h"
#include "tessera/attribution/layer_to_layer.h"
#include "tessera/attribution/method.h"
#include "tessera/attribution/trust.h"
#include "tessera/engine/query.h"
#include "tessera/session/references.h"

// What may be asked about who contributes to what. The requests and results are those of the attribution
// module, whose headers say what they mean and what they refuse.
namespace tessera::session {

struct Attribute {
  using Result = attribution::Attribution;
  static constexpr engine::Lane lane = engine::Lane::inference;
  ModelRef model;
  ImageRef image;
  attribution::AttributionRequest request;
  std::string key() const;
};

// What the request's gradient rules change.
struct RuleDifference {
  using Result = attribution::Attribution;
  static constexpr engine::Lane lane = engine::Lane::inference;
  ModelRef model;
  ImageRef image;
  attribution::AttributionRequest request;
  std::string key() const;
};

struct AssessTrust {
  using Result = attribution::Trust;
  static constexpr engine::Lane lane = engine::Lane::inference;
  ModelRef model;
  ImageRef image;
  attribution::TrustRequest request;
  std::string key() const;
};

struct AttributeAllClasses {
  using Result = attribution::AllClasses;
  static constexpr engine::Lane lane = engine::Lane::inference;
  ModelRef model;
  ImageRef image;
  attribution::AllClassesRequest request;
  std::string key() const;
};

struct LayerToLayer {
  using Result = attribution::LayerToLayer;
  static constexpr engine::Lane lane = engine::Lane::inference;
  ModelRef model;
  ImageRef image;
  attribution::LayerToLayerRequest request;
  std::string key() const;
};

struct Flows {
  using Result = attribution::GroupFlows;
  static constexpr engine::Lane lane = engine::Lane::inference;
  ModelRef model;
  ImageRef image;
  attribution::FlowRequest request;
  std::string key() const;
};

}  // namespace tessera::session
