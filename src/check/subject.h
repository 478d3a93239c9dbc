#pragma once

#include <string>
#include <vector>

#include "attribution/linearised.h"
#include "model/model_impl.h"
#include "tessera/attribution/control.h"
#include "tessera/check/report.h"

namespace tessera::check {

// What is checked, with what several checks need.
struct Subject {
  model::Model& whole;
  model::Model::Impl& model;
  const attribution::Control& control;
  std::vector<Image> pictures;                   // the first is the one that is asked about
  std::vector<at::Tensor> inputs;                // of those for which the network decides as for the first
  std::vector<const model::LayerValue*> layers;  // the input and the suggested ones
  const attribution::Network& network;
  const attribution::Recording& recording;  // of the first input
  float fraction = 0;                       // how far the whole check is
  std::string_view stage;                   // and at what

  // To be called between two runs of the network: tells how far it is, whereupon it may be asked to stop.
  // Throws Cancelled then.
  void pause() const {
    control.report(fraction, stage);
    control.throw_if_cancelled();
  }
};

// The largest difference as a share of the largest value; infinity where shapes differ or a number is not
// finite in one alone.
double disagreement(const at::Tensor& found, const at::Tensor& expected);

Line line(Kind kind, const std::string& layer, Outcome outcome, std::string sentence);
// Passed or failed by a number.
Line judged(Kind kind, const std::string& layer, double measured, double limit, std::string passed,
            std::string failed);

// One file each. They throw c10::Error, Error and Cancelled; the caller makes a line of the first two.
void check_repeat(Subject& subject, Report& report);
void check_batch(Subject& subject, Report& report);
void check_interpreter(Subject& subject, Report& report);
void check_derivatives(Subject& subject, Report& report);  // directions and differences
void check_completeness(Subject& subject, Report& report);
void check_place(Subject& subject, Report& report);
void describe_output(Subject& subject, Report& report);
void describe_input(Subject& subject, Report& report);

}  // namespace tessera::check
