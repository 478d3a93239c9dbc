#pragma once

#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <vector>

#include "render/textures.h"

namespace tessera::test {

// Textures without a GPU: real layouts, ids that stand for nothing, and a memory of what was asked for.
class FakeTextures : public render::Textures {
 public:
  struct ChannelRequest {
    std::shared_ptr<const Cube> cube;
    render::ColorScale scale;
    render::Sampling sampling;
    render::Atlas atlas;
  };
  struct PictureRequest {
    std::shared_ptr<const Image> image;
    render::TextureId texture;
  };

  render::TextureId picture(const std::shared_ptr<const Image>& image, render::Sampling sampling) override;
  render::Atlas channels(const std::shared_ptr<const Cube>& cube, const render::ColorScale& scale,
                         render::Sampling sampling) override;
  render::TextureId color_bar(const render::ColorScale& scale) override;
  void end_frame() override;

  // Of the last finished frame, in order.
  const std::vector<PictureRequest>& pictures() const { return finished_pictures_; }
  const std::vector<ChannelRequest>& atlases() const { return finished_atlases_; }
  const std::vector<render::ColorScale>& color_bars() const { return finished_bars_; }

  // What a texture id that a draw list names stands for; nullptr where it is something else.
  const ChannelRequest* atlas_of(render::TextureId texture) const;
  const PictureRequest* picture_of(render::TextureId texture) const;

 private:
  render::TextureId id_of(const void* object, render::Sampling sampling, const render::ColorScale& scale);

  using Identity = std::tuple<const void*, int, int, int, float, float, bool, bool>;
  std::map<Identity, render::TextureId> ids_;
  std::vector<PictureRequest> pictures_, finished_pictures_;
  std::vector<ChannelRequest> atlases_, finished_atlases_;
  std::vector<render::ColorScale> bars_, finished_bars_;
};

}  // namespace tessera::test
