#pragma once

#include <map>
#include <string>

namespace tessera::ui {

enum class Half { kept, now };

// Whether the halves draw what has a scale on the same one.
enum class Sharing {
  nothing,  // nothing that is shown has a scale
  apart,    // each half on its own scale
  partly,   // on one scale where both show the same quantity
  together  // on one scale
};

// How views that stand beside each other come to one scale: each tells the greatest values that it shows, by
// what they are of, and draws up to the greatest that any of them told of. The one that is drawn first learns
// of the other's a frame later. Where scales are not locked, each keeps its own.
class SharedScales {
 public:
  // `what`: the same text in both halves for the same quantity, in the same unit.
  float agree(const std::string& what, float value, Half half);

  // What a half shows has a scale that cannot be the other's, as of components that are others there.
  void on_own_scale(Half half);

  // The same for room that something takes in both, whether or not scales are locked, so that what comes
  // beneath it lies at one height.
  float room(const std::string& what, float needed, Half half);

  // Between frames. True where the next one has to be drawn, as its scales will be others.
  bool next_frame(bool locked);

  // In the last frame.
  Sharing sharing() const;

 private:
  struct Told {
    float greatest = 0;
    bool by_kept = false;
    bool by_now = false;
    bool operator==(const Told&) const = default;
  };
  using Scales = std::map<std::string, Told>;

  bool locked_ = true;
  Scales before_;  // of the last frame
  Scales now_;
  Scales rooms_before_;
  Scales rooms_now_;
};

}  // namespace tessera::ui
