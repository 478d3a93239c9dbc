#pragma once

#include "model/torch.h"

namespace tessera::model {

// A fused operation that LibTorch has no derivative of, as a function of ordinary ones with the same
// arguments and results; null for all others. PyTorch puts them into networks that are traced in evaluation
// mode: the fast path of nn.TransformerEncoderLayer and nn.MultiheadAttention (Vaswani et al. 2017).
jit::Function* plain_form(c10::Symbol kind);

}  // namespace tessera::model
