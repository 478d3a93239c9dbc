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

extern const Method linear_method;
extern const Method path_method;
extern const Method stochastic_path_method;
extern const Method grad_cam_method;
extern const Method ablation_method;

}  // namespace tessera::attribution
