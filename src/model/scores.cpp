#include "model/scores.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "tessera/base/error.h"

namespace tessera::model {
namespace {

c10::Symbol named(const char* name) { return c10::Symbol::fromQualString(name); }

std::string shape_text(c10::IntArrayRef sizes) {
  std::string text = "[";
  for (std::size_t i = 0; i < sizes.size(); ++i) text += (i ? "," : "") + std::to_string(sizes[i]);
  return text + "]";
}

// [1,classes], [1,classes,1,1] …, or [classes].
bool are_scores(const at::Tensor& tensor) {
  if (!tensor.defined() || !tensor.is_floating_point() || tensor.dim() == 0) return false;
  if (tensor.dim() == 1) return tensor.size(0) > 1;
  if (tensor.size(0) != 1) return false;
  for (std::int64_t i = 2; i < tensor.dim(); ++i)
    if (tensor.size(i) != 1) return false;
  return true;
}

jit::Value* append(Trace& trace, const char* kind, std::vector<jit::Value*> inputs) {
  jit::Node* node = trace.graph->insertNode(trace.graph->create(named(kind), inputs, 1));
  node->output()->setType(c10::TensorType::get());
  return node->output();
}

// Scores before the softmax that made them probabilities.
jit::Value* before_softmax(Trace& trace, jit::Value* value, const at::Tensor& scores, ScoreForm& form) {
  const std::string_view kind = value->node()->kind().toQualString();
  if (kind == "aten::softmax" || kind == "aten::log_softmax") {
    trace.notes.insert("The model ends with a softmax; scores are taken before it");
    form = kind == "aten::softmax" ? ScoreForm::softmax : ScoreForm::log_softmax;
    return value->node()->input(0);
  }
  const at::Tensor flat = scores.reshape({-1});
  if (flat.numel() > 1 && flat.min().item<float>() >= 0 && std::abs(flat.sum().item<float>() - 1) < 1e-4f) {
    trace.notes.insert("The model's outputs are probabilities already; scores are their logarithms");
    form = ScoreForm::logarithm;
    return append(trace, "aten::log",
                  {append(trace, "aten::clamp_min", {value, trace.graph->insertConstant(1e-30)})});
  }
  if (kind == "aten::sigmoid")
    trace.notes.insert(
        "The model ends with a sigmoid: its classes do not exclude each other, and the probabilities shown "
        "(a softmax over its outputs) only rank them");
  return value;
}

}  // namespace

Scores find_scores(Trace& trace) {
  const auto found = std::find_if(trace.outputs.begin(), trace.outputs.end(),
                                  [](const TraceOutput& output) { return are_scores(output.tensor); });
  if (found == trace.outputs.end())
    throw Error(
        "the model returns " +
            (trace.outputs.size() == 1 ? "a tensor of shape " + shape_text(trace.outputs[0].tensor.sizes())
                                       : "a " + trace.returned) +
            ", not one score for each class",
        {}, "Tessera needs a classifier with outputs of shape [1, classes]");
  if (trace.outputs.size() > 1)
    trace.notes.insert("The model returns several values; the first with class scores is used");
  const at::Tensor scores = found->tensor;
  jit::Value* value = found->value;
  if (!value) throw Error("the model's scores do not depend on the picture", {}, "Export the network again");

  const jit::WithInsertPoint at_end(trace.graph->return_node());
  Scores result;
  result.output = std::size_t(found - trace.outputs.begin());
  value = before_softmax(trace, value, scores, result.form);
  if (scores.dim() != 2)
    value = append(trace, "aten::reshape",
                   {value, trace.graph->insertConstant(std::vector<std::int64_t>{-1, scores.numel()})});
  if (scores.numel() == 1) {
    result.form = ScoreForm::single;
    trace.notes.insert(
        "The model gives a single score; it is shown as two classes, the second with that score");
    jit::Value* none =
        append(trace, "aten::zeros_like",
               {value, trace.graph->insertConstant(c10::IValue()), trace.graph->insertConstant(c10::IValue()),
                trace.graph->insertConstant(c10::IValue()), trace.graph->insertConstant(c10::IValue()),
                trace.graph->insertConstant(c10::IValue())});
    jit::Value* both =
        trace.graph->insertNode(trace.graph->createList(c10::TensorType::get(), {none, value}))->output();
    value = append(trace, "aten::cat", {both, trace.graph->insertConstant(1)});
  }
  result.value = value;
  result.classes = std::max(2, int(scores.numel()));
  return result;
}

}  // namespace tessera::model
