#include "tessera/session/queries.h"

namespace tessera::session {
namespace {

std::string key_of(const image::Fit& fit) {
  return std::to_string(fit.width) + 'x' + std::to_string(fit.height) + ',' + std::to_string(int(fit.rule)) +
         ',' + std::to_string(fit.crop_fraction);
}

}  // namespace

std::string OpenImage::key() const { return image.key(); }
std::string OpenModel::key() const { return model.key(); }
std::string NetworkView::key() const { return image.key() + '\n' + key_of(fit); }
std::string Classify::key() const { return model.key() + '\n' + image.key(); }
std::string Activations::key() const { return model.key() + '\n' + image.key() + '\n' + layer; }

}  // namespace tessera::session
