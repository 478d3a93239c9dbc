#pragma once

#include "session/key.h"
#include "tessera/session/groups.h"

namespace tessera::session {

// The matrix that a request factorizes: everything but how.
inline Key key_of_values(const GroupsRequest& request) {
  Key key(request.model, request.image);
  key.add(request.layer)
      .exactly(request.objective.activations)
      .exactly(request.objective.gradients)
      .exactly(request.objective.attributions)
      .add(int(request.clip_negative));
  if (request.needs_gradient()) key.add(request.towards).add(request.steps).add(request.rules);
  return key;
}

// A solution of it, before it is told in activations and put in order.
inline Key key_of_solution(const GroupsRequest& request) {
  return key_of_values(request)
      .add(std::string(factorization::name(request.method)))
      .add(request.k)
      .add(request.restarts)
      .add(std::to_string(request.seed));
}

}  // namespace tessera::session
