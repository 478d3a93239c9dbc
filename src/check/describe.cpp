// What the output is and how that was found, and what a wrong normalisation of the input would look like.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "check/subject.h"
#include "model/surprise.h"
#include "tessera/model/preprocessing.h"

namespace tessera::check {
namespace {

std::string digits(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), value < 100 ? "%.2g" : "%.0f", value);
  return text.data();
}

std::string form_text(model::ScoreForm form) {
  switch (form) {
    case model::ScoreForm::plain:
      return "taken as scores before a softmax, since nothing in the file says otherwise";
    case model::ScoreForm::softmax:
      return "the network ends with a softmax, and its input is taken";
    case model::ScoreForm::log_softmax:
      return "the network ends with a log-softmax, and its input is taken";
    case model::ScoreForm::logarithm:
      return "on a neutral picture they are not negative and add up to 1, so they are probabilities, and "
             "their logarithms are taken";
    case model::ScoreForm::single:
      break;
  }
  return "a single score, taken as the second of two classes";
}

struct Alternative {
  const char* name;
  double range;
  double mean;
  double std;
};
constexpr std::array alternatives{Alternative{"pixels from 0 to 255", 255, 0, 1},
                                  Alternative{"pixels from 0 to 1", 1, 0, 1},
                                  Alternative{"pixels from -1 to 1", 1, .5, .5}};

}  // namespace

void describe_output(Subject& subject, Report& report) {
  const model::ModelCard& card = subject.model.card;
  report.lines.push_back(
      line(Kind::output, {}, Outcome::note,
           std::to_string(card.classes) + " classes: " + form_text(subject.model.flat.form)));
}

void describe_input(Subject& subject, Report& report) {
  model::Model::Impl& model = subject.model;
  const model::FirstNorm& norm = model.flat.first_norm;
  const model::Preprocessing& given = model.card.preprocessing;
  if (!norm.value) {
    report.lines.push_back(line(Kind::input, {}, Outcome::note,
                                "The network has no batch norm that remembers what it was trained on, so a "
                                "wrong normalisation cannot be seen: " +
                                    to_text(given)));
    return;
  }
  const model::Program& program = model.program(std::array{model.flat.picture}, std::array{norm.value});
  const at::Tensor& input = subject.inputs.front();
  const auto spread_with = [&](const at::Tensor& values) {
    return model::measure_surprise(program.run({values})[0], norm).spread;
  };
  const double here = spread_with(input);
  std::string sentence = "The first batch norm finds a spread of " + digits(here) +
                         " of what it was trained on, where 1 is expected";
  const auto options = at::TensorOptions().dtype(at::kFloat).device(input.device());
  const at::Tensor mean =
      at::tensor(at::ArrayRef<double>(given.mean).slice(0, std::size_t(input.size(1))), options)
          .view({1, -1, 1, 1});
  const at::Tensor deviation =
      at::tensor(at::ArrayRef<double>(given.std).slice(0, std::size_t(input.size(1))), options)
          .view({1, -1, 1, 1});
  const at::Tensor pixels = (input * deviation + mean) / given.range;  // 0 to 1
  const char* separator = "; ";
  for (const Alternative& other : alternatives) {
    const at::Tensor values = (pixels * other.range - other.mean) / other.std;
    sentence += separator + std::string(other.name) + " would give " + digits(spread_with(values));
    separator = ", ";
  }
  Line made = line(Kind::input, {}, Outcome::note, sentence);
  made.measured = here;
  report.lines.push_back(std::move(made));
}

}  // namespace tessera::check
