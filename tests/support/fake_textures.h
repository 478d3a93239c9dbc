#pragma once

#include <map>

#include "render/textures.h"

namespace tessera::test {

// Textures without a GPU: real layouts, made-up identifiers that are stable for an object.
class FakeTextures : public render::Textures {
 public:
  render::TextureId picture(const std::shared_ptr<const Image>& image, render::Sampling sampling) override;
  render::Atlas channels(const std::shared_ptr<const Cube>& cube, const render::ColorScale& scale,
                         render::Sampling sampling) override;
  render::TextureId color_bar(const render::ColorScale& scale) override;
  void end_frame() override {}

 private:
  render::TextureId id_of(const void* object);

  std::map<const void*, render::TextureId> ids_;
};

}  // namespace tessera::test
