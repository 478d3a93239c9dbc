#include "attribution_bare.h"

#include <torch/csrc/autograd/autograd.h>
#include <torch/script.h>

struct Bare::Impl {
  torch::jit::Module network;
  at::Tensor input;
};

Bare::Bare(const std::filesystem::path& model, int width, int height) : impl_(std::make_unique<Impl>()) {
  torch::jit::Module network = torch::jit::load(model.string());
  network.eval();
  for (at::Tensor parameter : network.parameters()) {
    parameter.set_requires_grad(false);
    if (parameter.dim() == 4) parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
  }
  impl_->network = torch::jit::freeze(network);
  impl_->input = at::rand({1, 3, height, width}).contiguous(at::MemoryFormat::ChannelsLast) * 2 - 1;
}

Bare::~Bare() = default;

void Bare::forward_backward(int index) {
  const at::AutoGradMode gradients(true);
  const at::Tensor input = impl_->input.detach().requires_grad_();
  const at::Tensor logit = impl_->network.forward({input}).toTensor()[0][index];
  torch::autograd::grad({logit}, {input});
}
