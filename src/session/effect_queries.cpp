#include "tessera/session/effect_queries.h"

namespace tessera::session {

std::string Ablate::key() const {
  return model.key() + '\n' + image.key() + '\n' + layer + '\n' + attribution::to_json(atoms) + '\n' +
         attribution::to_text(baseline);
}

std::string InputsOfChannel::key() const {
  return model.key() + '\n' + image.key() + '\n' + layer + '\n' + std::to_string(channel);
}

}  // namespace tessera::session
