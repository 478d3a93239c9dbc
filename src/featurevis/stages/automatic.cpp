#include "featurevis/stages/automatic.h"
#include "model/in_layout_of.h"

#include <torch/csrc/autograd/custom_function.h>

#include "featurevis/rectifier.h"

namespace tessera::featurevis {
namespace {

// A rectifier with the redirected gradient, for autograd.
struct Redirected : public torch::autograd::Function<Redirected> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& input,
                            double limit) {
    context->save_for_backward({input});
    context->saved_data["limit"] = limit;
    return rectified(input, Rectifier{float(limit)});
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 const torch::autograd::variable_list& gradients) {
    return {redirected(gradients[0], context->get_saved_variables()[0],
                       Rectifier{float(context->saved_data["limit"].toDouble())}),
            at::Tensor()};
  }
};

class Automatic : public Stage {
 public:
  Automatic(std::vector<AutomaticStep> steps, std::vector<const jit::Value*> ins,
            std::vector<const jit::Value*> outs)
      : steps_(std::move(steps)), ins_(std::move(ins)), outs_(std::move(outs)) {}

  void forward(Trace& trace) const override {
    const at::AutoGradMode enabled(true);
    std::unordered_map<const jit::Value*, c10::IValue> values;
    std::vector<at::Tensor>& mine = kept(trace);
    mine.clear();
    for (std::size_t i = 0; i < ins_.size(); ++i) {
      c10::IValue value = trace.values[std::size_t(inputs[i])];
      at::Tensor leaf;
      if (value.isTensor() && value.toTensor().is_floating_point()) {
        leaf = value.toTensor().detach().requires_grad_();
        value = leaf;
      }
      mine.push_back(leaf);
      values[ins_[i]] = std::move(value);
    }
    for (const AutomaticStep& step : steps_) {
      std::vector<c10::IValue> stack;
      for (std::size_t i = 0; i < step.constants.size(); ++i)
        stack.push_back(step.constants[i] ? *step.constants[i] : values.at(step.node->input(i)));
      const std::optional<Rectifier> rectifier = rectifier_of(step.node);
      if (rectifier && trace.redirect)
        stack = {Redirected::apply(stack[0].toTensor(), double(rectifier->limit))};
      else
        stack = run_node(step.node, std::move(stack));
      for (std::size_t i = 0; i < stack.size(); ++i) values[step.node->output(i)] = std::move(stack[i]);
    }
    for (std::size_t i = 0; i < outs_.size(); ++i) {
      c10::IValue value = values.at(outs_[i]);
      at::Tensor end;
      if (value.isTensor()) {
        if (value.toTensor().requires_grad()) end = value.toTensor();
        value = value.toTensor().detach();
      }
      mine.push_back(end);
      trace.values[std::size_t(outputs[i])] = std::move(value);
    }
  }

  void backward(Trace& trace) const override {
    std::vector<at::Tensor>& mine = kept(trace);
    std::vector<at::Tensor> ends, gradients, leaves;
    std::vector<int> slots;
    for (std::size_t i = 0; i < outs_.size(); ++i) {
      at::Tensor gradient = std::move(trace.gradients[std::size_t(outputs[i])]);
      const at::Tensor& end = mine[ins_.size() + i];
      if (!gradient.defined() || !end.defined()) continue;
      ends.push_back(end);
      gradients.push_back(model::in_layout_of(gradient, end));
    }
    for (std::size_t i = 0; i < ins_.size(); ++i)
      if (mine[i].defined()) {
        leaves.push_back(mine[i]);
        slots.push_back(inputs[i]);
      }
    if (!ends.empty() && !leaves.empty()) {
      const std::vector<at::Tensor> found =
          torch::autograd::grad(ends, leaves, gradients, /*retain_graph=*/false, /*create_graph=*/false,
                                /*allow_unused=*/true);
      for (std::size_t i = 0; i < found.size(); ++i)
        if (found[i].defined()) trace.add_gradient(slots[i], found[i].detach());
    }
    mine.clear();
  }

 private:
  std::vector<AutomaticStep> steps_;
  std::vector<const jit::Value*> ins_;
  std::vector<const jit::Value*> outs_;
};

}  // namespace

std::unique_ptr<Stage> make_automatic(std::vector<AutomaticStep> steps, std::vector<const jit::Value*> inputs,
                                      std::vector<const jit::Value*> outputs) {
  return std::make_unique<Automatic>(std::move(steps), std::move(inputs), std::move(outputs));
}

std::vector<c10::IValue> run_node(const jit::Node* node, std::vector<c10::IValue> inputs) {
  if (node->kind() == c10::prim::ListConstruct) {
    const c10::TypePtr element = node->output()->type()->expectRef<c10::ListType>().getElementType();
    if (element->isSubtypeOf(*c10::TensorType::get())) {
      std::vector<at::Tensor> tensors;
      for (c10::IValue& value : inputs) tensors.push_back(std::move(value).toTensor());
      return {tensors};
    }
    c10::impl::GenericList list(element);
    for (c10::IValue& value : inputs) list.push_back(std::move(value));
    return {list};
  }
  if (node->kind() == c10::prim::ListUnpack) {
    const c10::List<c10::IValue> list = inputs.at(0).toList();
    return {list.begin(), list.end()};
  }
  // Looked up each time: an operation object is not made for several threads.
  node->getOperation()(inputs);
  return inputs;
}

}  // namespace tessera::featurevis
