#pragma once

#include "ui/context.h"

namespace tessera::ui {

// What views' questions are asked with where nothing is drawn: as for a file, without controls, and what is
// emitted goes nowhere.
class QuietContext {
 public:
  explicit QuietContext(engine::Engine& engine);
  QuietContext(const QuietContext&) = delete;
  QuietContext& operator=(const QuietContext&) = delete;

  Context& get() { return context_; }

 private:
  class NoTextures : public render::Textures {
   public:
    render::TextureId picture(const std::shared_ptr<const Image>&, render::Sampling) override { return 0; }
    render::Atlas channels(const std::shared_ptr<const Cube>&, const render::ColorScale&,
                           render::Sampling) override {
      return {};
    }
    render::TextureId color_bar(const render::ColorScale&) override { return 0; }
    void end_frame() override {}
  };

  NoTextures textures_;
  render::Fonts fonts_;
  Theme theme_;
  Marks marks_;
  Actions actions_;
  Hovered hovered_;
  Context context_;
};

inline QuietContext::QuietContext(engine::Engine& engine)
    : theme_(theme(ThemeChoice::light)), context_{engine,   textures_, fonts_,
                                                  theme_,   marks_,    actions_,
                                                  hovered_, 1,         Shown{false, false}} {}

}  // namespace tessera::ui
