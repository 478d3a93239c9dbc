#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tessera/featurevis/icon_batch.h"
#include "tessera/model/model.h"

namespace tessera::session {

// Icons of one layer on their way: their optimisation, and what earlier attempts at them gave. It can be left
// at any step and taken up again. Where an icon has failed in the end, it is tried again with another seed,
// the third time and later with twice the steps as well.
class IconWork {
 public:
  // `natural`: by channel, may be empty. Throws Error as IconBatch does.
  IconWork(std::shared_ptr<model::Model> model, std::vector<featurevis::IconSubject> subjects,
           const featurevis::Recipe& recipe, std::vector<float> natural, int attempts);

  const featurevis::Recipe& recipe() const { return recipe_; }
  const model::Model& model() const { return *model_; }
  const std::string& precision() const { return precision_; }

  // Icons: the variations of each subject in succession. `find`: the first icon of a subject.
  std::size_t size() const { return icons_.size(); }
  std::optional<std::size_t> find(const featurevis::IconSubject& subject) const;
  const featurevis::IconSubject& subject(std::size_t icon) const;

  // A few updates of each icon, so few that whoever is waiting for the lane does not notice. Returns whether
  // something can be shown: a preview of each, or finished icons. Throws Error.
  bool step();
  bool finished() const;  // of all icons
  bool finished(std::size_t icon) const { return icons_[icon].settled; }
  float fraction() const;  // of the present attempt
  int steps() const { return steps_; }
  int attempt() const { return attempt_; }
  featurevis::Icon icon(std::size_t icon) const;  // as it is now, the best so far

  // Whether the same icons with more steps can go on from here.
  bool can_extend_to(const featurevis::Recipe& recipe) const;
  void extend_to(const featurevis::Recipe& recipe);

 private:
  struct Place {
    std::optional<featurevis::Icon> best;  // of finished attempts
    std::optional<std::size_t> in_batch;   // of the present attempt
    bool settled = false;
  };
  featurevis::Icon present(std::size_t icon) const;
  int steps_of_attempt() const;
  void end_attempt();
  void begin_attempt();

  std::shared_ptr<model::Model> model_;  // before the batch, which refers to it
  std::vector<featurevis::IconSubject> subjects_;
  featurevis::Recipe recipe_;
  std::vector<float> natural_;
  int most_attempts_;
  int attempt_ = 1;
  int steps_ = 0;  // of the present attempt; an icon that does not rise any more takes fewer
  std::vector<Place> icons_;
  featurevis::IconBatch batch_;
  std::string precision_;
};

}  // namespace tessera::session
