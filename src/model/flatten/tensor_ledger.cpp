#include "model/flatten/tensor_ledger.h"

namespace tessera::model {

TensorLedger::Entry* TensorLedger::find(const at::Tensor& tensor) {
  const auto found = entries_.find(tensor.unsafeGetTensorImpl());
  return found == entries_.end() ? nullptr : &found->second;
}

TensorLedger::Entry& TensorLedger::get(const at::Tensor& tensor) {
  Entry& entry = entries_[tensor.unsafeGetTensorImpl()];
  if (!entry.tensor.defined()) entry.tensor = tensor;
  return entry;
}

void TensorLedger::define_view(const at::Tensor& tensor, ViewOf view) {
  get(view.base).views.push_back(tensor.unsafeGetTensorImpl());
  get(tensor).view = std::make_unique<ViewOf>(std::move(view));
}

void TensorLedger::make_views_stale(Entry& entry, const at::TensorImpl* except) {
  for (at::TensorImpl* view : entry.views) {
    if (view == except) continue;
    Entry& viewing = entries_.at(view);
    viewing.stale = true;
    make_views_stale(viewing, nullptr);
  }
}

}  // namespace tessera::model
