#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tessera/base/cube.h"
#include "tessera/check/report.h"
#include "tessera/engine/engine.h"
#include "ui/fake_attributions.h"
#include "ui/fake_groups.h"
#include "ui/state/app_state.h"

namespace tessera::test {

// Seven kinds that passed, those of derivatives and places at "low", "mid" and "high", and two notes.
check::Report sound_check();
// The same where one kind fails at a layer; empty: of the whole network.
check::Report failed_check(check::Kind kind, const std::string& layer);

// Answers the session's queries without torch (and takes pictures that are not there for no figures): a
// network of three layers whose cubes have known values, and pictures whose size is in their name. Networks
// named "deep…" have many layers, "blocks.1" and so on, and twenty classes; those named "wordy…" four layers
// with names of sixty characters, max pools, eight classes with labels as long as ImageNet's longest, and
// small values. Files named "broken…" fail to open; activations of pictures named "bright…" are twice as
// large. Work can be held back to see what waiting looks like, or fail.
class FakeSession {
 public:
  void serve(engine::Engine& engine);

  const FakeAttributions& attributions() const { return attributions_; }
  const FakeGroups& groups() const { return groups_; }

  // For what attributions() and groups() answer.
  FakeGate& gate() { return gate_; }

  void hold();  // jobs that start from now on wait
  void release();

  // What the check of every network says from now on; at first that all is well. Nothing: checks do not end.
  void set_check(std::optional<check::Report> report);
  void keep_check(check::Report report);  // of every network, from an earlier run

  // The value of every fake cube: channel c of "mid" fires at one position only, (c / 4, c % 4), with value c
  // + 1.
  static constexpr int mid_side = 4;
  static constexpr int mid_channels = 12;
  static constexpr int deep_count = 91;

 private:
  void serve_checks(engine::Engine& engine);
  void wait_if_held(const std::function<bool()>& cancelled);

  FakeGate gate_;
  FakeAttributions attributions_{gate_};
  FakeGroups groups_{gate_};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool held_ = false;
  std::optional<check::Report> check_ = sound_check();
  std::optional<check::Report> kept_check_;
};

// The cube that the fake network has at a layer, for every picture.
std::shared_ptr<const Cube> fake_cube(const std::string& layer);

// "low" and the others as "wordy…" networks call them: of sixty characters, as of modules within modules.
std::string fake_long_name(const std::string& layer);

// One for each class of the network that has such a layer.
std::vector<float> fake_logits(const std::string& layer);
std::vector<float> fake_logits(bool of_long_names);

// A state with the fake's picture and model chosen but not yet opened.
ui::AppState chosen(const std::string& image = "cat_64x48.png", const std::string& model = "net.pt",
                    ui::ViewKind view = ui::ViewKind::sheet);

}  // namespace tessera::test
