#pragma once

#include <string>
#include <utility>

#include "support/catch.h"
#include "ui/fake_session.h"
#include "ui/headless.h"

namespace tessera::test {

// A view of the fake network and picture, once `there` is on screen. What waits fails the test where nothing
// comes.
struct Shown {
  FakeSession session;
  engine::Engine engine;
  Headless view;

  Shown(ui::ViewKind kind, const std::string& there)
      : Shown(chosen("cat_64x48.png", "net.pt", kind), there) {}
  Shown(ui::AppState initial, const std::string& there)
      : view((session.serve(engine), engine), std::move(initial)) {
    wait_for(there);
  }

  void wait_for(const std::string& mark) {
    INFO("waiting for " << mark);
    REQUIRE(view.frames_until([&] { return view.visible(mark); }));
  }
  void settle() { REQUIRE(view.settle()); }
  ui::Rect mark(const std::string& name) {
    INFO("looking for " << name);
    const auto found = view.workbench().marks().find(name);
    REQUIRE(found);
    return *found;
  }
};

}  // namespace tessera::test
