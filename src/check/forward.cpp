// Forward passes: the same again, in a batch, and as LibTorch's own interpreter has them.
#include <torch/csrc/jit/runtime/graph_executor.h>

#include <array>
#include <limits>

#include "check/subject.h"
#include "model/archive.h"
#include "model/read_module.h"
#include "model/scores.h"

namespace tessera::check {
namespace {

at::Tensor logits(Subject& subject, const at::Tensor& input) {
  const model::FlatGraph& flat = subject.model.flat;
  return subject.model.program(std::array{flat.picture}, std::array{flat.logits}).run({input})[0];
}

void remove_prints(const at::ArrayRef<jit::Block*> blocks) {
  for (jit::Block* block : blocks)
    for (auto node = block->nodes().begin(); node != block->nodes().end(); ++node) {
      remove_prints(node->blocks());
      if (node->kind() == c10::prim::Print) node.destroyCurrent();
    }
}

void find_tensors(const c10::IValue& value, std::vector<at::Tensor>& found) {
  if (value.isTensor()) {
    found.push_back(value.toTensor());
  } else if (value.isList()) {
    for (const c10::IValue& element : value.toListRef()) find_tensors(element, found);
  } else if (value.isTuple()) {
    for (const c10::IValue& element : value.toTupleRef().elements()) find_tensors(element, found);
  } else if (value.isGenericDict()) {
    for (const auto& item : value.toGenericDict()) find_tensors(item.value(), found);
  }
}

// What the network returns for these logits.
at::Tensor returned(const at::Tensor& logits, model::ScoreForm form) {
  switch (form) {
    case model::ScoreForm::plain:
      break;
    case model::ScoreForm::softmax:
      return at::softmax(logits, 1);
    case model::ScoreForm::log_softmax:
      return at::log_softmax(logits, 1);
    case model::ScoreForm::logarithm:
      return logits.exp();
    case model::ScoreForm::single:
      return logits.slice(1, 1);
  }
  return logits;
}

}  // namespace

void check_repeat(Subject& subject, Report& report) {
  const at::Tensor& input = subject.inputs.front();
  const at::Tensor first = logits(subject, input);
  double worst = 0;
  for (int i = 0; i < 2; ++i) worst = std::max(worst, disagreement(logits(subject, input), first));
  Line made = judged(Kind::repeat, {}, worst, 1e-6, "Three runs of one picture give the same class scores",
                     "Runs of one picture give different class scores: the network draws random numbers, or "
                     "keeps something from run to run");
  if (made.outcome == Outcome::passed && subject.model.flat.random) {
    made.outcome = Outcome::handled;
    made.sentence =
        "The network draws random numbers; Tessera takes their mean or one fixed draw, so that runs agree";
  }
  report.lines.push_back(std::move(made));
}

void check_batch(Subject& subject, Report& report) {
  model::Model::Impl& model = subject.model;
  if (!model.flat.decisions.empty()) {
    report.lines.push_back(
        line(Kind::batch, {}, Outcome::handled,
             "The network decides by its input's values what to run, so pictures run one by one"));
    return;
  }
  const at::Tensor& picture = subject.inputs.front();
  constexpr double limit = 1e-3;
  bool handled = false;
  double worst = 0;
  std::string where;
  for (const model::LayerValue* layer : subject.layers) {
    subject.pause();
    const bool whole = layer->value == model.flat.picture;
    const std::vector<jit::Value*> from =
        whole ? std::vector{model.flat.picture} : std::vector{model.flat.picture, layer->value};
    const auto values_of = [&](const at::Tensor& input) {
      return whole ? input
                   : model.program(std::array{model.flat.picture}, std::array{layer->value}).run({input})[0];
    };
    const at::Tensor value = values_of(picture);
    const std::vector<at::Tensor> values{
        value, subject.inputs.size() > 1 ? values_of(subject.inputs[1]) : value * .25};
    const auto run = [&](const at::Tensor& some) {
      const at::Tensor pictures = whole ? some : picture.expand({some.size(0), -1, -1, -1});
      return model.program(from, std::array{model.flat.logits})
          .run(whole ? std::vector{some} : std::vector{pictures, some})[0];
    };
    std::vector<at::Tensor> apart;
    for (const at::Tensor& one : values) apart.push_back(run(one));
    double here = std::numeric_limits<double>::infinity();
    try {
      here = disagreement(run(at::cat(values)), at::cat(apart));
    } catch (const std::exception&) {  // a batch size that is written into the network
    }
    if (here > limit && !model.runs_in_batches(layer->value, value, picture)) {
      handled = true;
      continue;
    }
    if (here > worst) worst = here, where = layer->info.name;
  }
  Line made = judged(Kind::batch, {}, worst, limit,
                     "Pictures of different brightness give the same one by one and in a batch",
                     "Pictures in a batch give other class scores than one by one, from " + where + " on");
  if (made.outcome == Outcome::passed && handled) {
    made.outcome = Outcome::handled;
    made.sentence = "Pictures in a batch see each other, so Tessera runs them one by one";
  }
  report.lines.push_back(std::move(made));
}

void check_interpreter(Subject& subject, Report& report) {
  model::Model::Impl& model = subject.model;
  const auto skip = [&](std::string why) {
    report.lines.push_back(line(Kind::interpreter, {}, Outcome::skipped, std::move(why)));
  };
  if (model.changed) return skip("A layer has been changed, which the file does not know");
  if (model.flat.random)
    return skip("The network draws random numbers, so that LibTorch's own runs differ from each other");
  model::Archive archive(model.card.file);
  if (archive.hash() != model.card.hash) return skip("The file has been changed since it was opened");
  jit::Module module = model::read_module(archive, model.device);
  module.eval();
  module.to(at::kFloat);  // as the flat graph computes
  for (const jit::Module& part : module.modules())
    for (const jit::Method& method : part.get_methods()) {
      jit::Block* block = method.graph()->block();
      remove_prints(at::ArrayRef<jit::Block*>(&block, 1));
    }
  const jit::GraphOptimizerEnabledGuard plain(false);
  const bool several = !model.flat.decisions.empty();
  double worst = 0;
  std::size_t compared = 0;
  for (std::size_t i = 0; i < subject.pictures.size() && compared < 2; ++i) {
    subject.pause();
    if (!subject.whole.follows(subject.pictures[i])) continue;
    const at::Tensor input = model.input_of(subject.pictures[i]);
    std::vector<at::Tensor> outputs;
    try {
      find_tensors(module.forward({input.contiguous()}), outputs);
    } catch (const std::exception&) {
      return skip("LibTorch's own interpreter does not run the file as it is on this machine");
    }
    if (outputs.size() <= model.flat.output)
      return skip("LibTorch's interpreter returns something else than the dry run");
    const at::Tensor fused = logits(subject, input);
    const at::Tensor expected = outputs[model.flat.output].to(at::kFloat).reshape({1, -1});
    worst = std::max(worst, disagreement(returned(fused, model.flat.form), expected));
    if (i == 0) {
      const at::Tensor recorded = subject.recording.tensor(model.flat.logits);
      worst = std::max(worst, disagreement(returned(recorded, model.flat.form), expected));
    }
    ++compared;
  }
  const std::string pictures = compared == 1 ? "a picture" : std::to_string(compared) + " pictures";
  Line made =
      judged(Kind::interpreter, {}, worst, 1e-3, "LibTorch's own interpreter gives the same for " + pictures,
             "LibTorch's own interpreter gives other class scores for the file as it is");
  if (made.outcome == Outcome::failed && model.flat.evaluated) {
    made.outcome = Outcome::skipped;
    made.sentence =
        "The file was traced in training mode, in which LibTorch's own interpreter runs it; Tessera runs it "
        "in evaluation mode";
  }
  if (several && made.outcome == Outcome::passed) {
    made.outcome = Outcome::handled;
    made.sentence +=
        "; the network decides by its input's values what to run, and is followed anew for pictures that "
        "decide otherwise";
  }
  report.lines.push_back(std::move(made));
}

}  // namespace tessera::check
