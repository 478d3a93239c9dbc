#pragma once

#include <imgui.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "render/fonts.h"
#include "support/fake_textures.h"
#include "tessera/engine/engine.h"
#include "ui/keys.h"
#include "ui/workbench.h"

namespace tessera::test {

// The real workbench on an ImGui context without a window or a GPU; mouse and keys are injected, widgets are
// found by name. `engine` must already have its handlers.
class Headless {
 public:
  Headless(engine::Engine& engine, ui::AppState initial, ImVec2 size = {1440, 900});
  // In the program's own faces, loaded for these scales (screen pixels for one unscaled pixel), at the first.
  Headless(engine::Engine& engine, ui::AppState initial, ImVec2 size, std::vector<float> scales);
  ~Headless();
  Headless(const Headless&) = delete;
  Headless& operator=(const Headless&) = delete;

  // From the next frame on. `scale` must be among those that faces were loaded for.
  void resize(ImVec2 size, float scale);

  void frame();  // one frame with the mouse and keys as they are now
  void frames(int count);

  // Draws frames until `done`, letting the engine work between them; false after ten seconds.
  bool frames_until(const std::function<bool()>& done);

  // Nothing is on its way any more: neither answers, nor what they lead to, which the frame that shows them
  // asks.
  bool settle();

  // These fail the test where nothing of that name is on screen. Each ends with the frames it takes to have
  // its effect.
  void hover(const std::string& name, ImVec2 share = {0.5f, 0.5f});
  void click(const std::string& name, ImVec2 share = {0.5f, 0.5f}, bool control = false);
  void drag(const std::string& name, ImVec2 from, ImVec2 to);  // within it, with the left button
  void double_click(const std::string& name, ImVec2 share = {0.5f, 0.5f});
  void move_away();
  void wheel(float steps, bool control);
  void press(ui::Key key, bool control = false, bool shift = false);
  void type(const std::string& text);

  bool visible(const std::string& name) const { return workbench_.marks().find(name).has_value(); }
  ui::Workbench& workbench() { return workbench_; }
  const FakeTextures& textures() const { return textures_; }  // of the last frame
  const ui::AppState& state() const { return workbench_.state(); }

 private:
  void move_to(ImVec2 point);
  void button(bool down);
  void key(int index, bool down);
  void hold_control(bool down);

  ImGuiContext* context_;
  std::map<float, render::Fonts> fonts_by_scale_;
  render::Fonts fonts_;
  FakeTextures textures_;
  ui::Workbench workbench_;
};

}  // namespace tessera::test
