#pragma once

#include "tessera/attribution/method.h"

namespace tessera::attribution {

// One run of a method.
struct MethodRun {
  Sweeps& sweeps;
  const Image& picture;
  const AttributionRequest& request;
  const Control& control;
};

// What a method is. `run` fills in what is the method's own: values (or falls), influences, note and what
// else only it knows. The rest follows from those: see methods.cpp, where the methods are listed.
struct Method {
  const char* name;
  const char* sentence;
  Attribution (*run)(const MethodRun& run);
};

// What a request's method makes of the layer, with its total: all but the objective's value, the baseline's
// and the gap between them, which are the same whatever the method and the gradient rules. Throws as
// `attribute`.
Attribution attribute_layer(Sweeps& sweeps, const Image& picture, const AttributionRequest& request,
                            const Control& control);

extern const Method linear_method;
extern const Method path_method;
extern const Method stochastic_path_method;
extern const Method grad_cam_method;
extern const Method ablation_method;

}  // namespace tessera::attribution
