#include "model/flatten/plain_forms.h"

#include <torch/csrc/api/include/torch/jit.h>

#include <memory>
#include <string_view>

namespace tessera::model {
namespace {

// The mask is added to or hides scores; by its type 0 it says which source positions each target may see
// [L,L], 1 which positions are padding [N,L], 2 both [N,heads,L,L]. True hides.
constexpr const char* source = R"(
def attention(query, key, value, embed_dim: int, num_head: int, qkv_weight, qkv_bias, proj_weight, proj_bias,
              mask: Optional[Tensor], need_weights: bool, average_attn_weights: bool, mask_type: Optional[int]) -> Tuple[Tensor, Tensor]:
    batch = query.size(0)
    size = embed_dim // num_head
    q = torch.linear(query, qkv_weight[:embed_dim], qkv_bias[:embed_dim])
    k = torch.linear(key, qkv_weight[embed_dim:2 * embed_dim], qkv_bias[embed_dim:2 * embed_dim])
    v = torch.linear(value, qkv_weight[2 * embed_dim:], qkv_bias[2 * embed_dim:])
    q = q.view([batch, -1, num_head, size]).transpose(1, 2)
    k = k.view([batch, -1, num_head, size]).transpose(1, 2)
    v = v.view([batch, -1, num_head, size]).transpose(1, 2)
    scores = torch.matmul(q * (float(size) ** -0.5), k.transpose(2, 3))
    if mask is not None:
        hidden = mask
        if mask_type is not None and mask_type == 1:
            hidden = mask.view([mask.size(0), 1, 1, mask.size(1)])
        if hidden.dtype == 11:  # bool
            scores = scores.masked_fill(hidden, -float("inf"))
        else:
            scores = scores + hidden
    weights = torch.softmax(scores, 3)
    joined = torch.matmul(weights, v).transpose(1, 2).reshape([batch, -1, embed_dim])
    if average_attn_weights:
        weights = weights.mean(1)
    return torch.linear(joined, proj_weight, proj_bias), weights

def encoder_layer(src, embed_dim: int, num_heads: int, qkv_weight, qkv_bias, proj_weight, proj_bias, use_gelu: bool,
                  norm_first: bool, eps: float, norm_weight_1, norm_bias_1, norm_weight_2, norm_bias_2, ffn_weight_1,
                  ffn_bias_1, ffn_weight_2, ffn_bias_2, mask: Optional[Tensor], mask_type: Optional[int]) -> Tensor:
    x = src
    if norm_first:
        x = torch.layer_norm(x, [embed_dim], norm_weight_1, norm_bias_1, eps)
    x = src + attention(x, x, x, embed_dim, num_heads, qkv_weight, qkv_bias, proj_weight, proj_bias, mask, False, True, mask_type)[0]
    if not norm_first:
        x = torch.layer_norm(x, [embed_dim], norm_weight_1, norm_bias_1, eps)
    y = x
    if norm_first:
        y = torch.layer_norm(y, [embed_dim], norm_weight_2, norm_bias_2, eps)
    y = torch.linear(y, ffn_weight_1, ffn_bias_1)
    if use_gelu:
        y = torch.gelu(y)
    else:
        y = torch.relu(y)
    y = x + torch.linear(y, ffn_weight_2, ffn_bias_2)
    if not norm_first:
        y = torch.layer_norm(y, [embed_dim], norm_weight_2, norm_bias_2, eps)
    return y
)";

}  // namespace

jit::Function* plain_form(c10::Symbol kind) {
  const std::string_view name = kind.toQualString();
  const char* function = name == "aten::_transformer_encoder_layer_fwd" ? "encoder_layer"
                         : name == "aten::_native_multi_head_attention" ? "attention"
                                                                        : nullptr;
  if (!function) return nullptr;
  static const std::shared_ptr<jit::CompilationUnit> compiled = torch::jit::compile(source);
  return &compiled->get_function(function);
}

}  // namespace tessera::model
