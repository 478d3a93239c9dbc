#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "attribution/methods/method.h"
#include "tessera/base/error.h"

namespace tessera::attribution {
namespace {

// The one list.
constexpr std::array list{&path_method, &linear_method, &stochastic_path_method, &grad_cam_method,
                          &ablation_method};

const Method& find(const std::string& name) {
  std::string names;
  for (const Method* method : list) {
    if (name == method->name) return *method;
    names += (names.empty() ? "" : ", ") + std::string(method->name);
  }
  throw Error("there is no such method", name, "There are " + names);
}

void say_without_influence(Attribution& result) {
  for (const std::string& remark : result.note.remarks)
    if (remark.find("not influence") != std::string::npos) return;
  result.note.remarks.push_back(result.layer + " does not influence the objective");
}

float sum(const std::vector<float>& values) {
  return float(std::accumulate(values.begin(), values.end(), 0.0));
}

}  // namespace

std::vector<MethodInfo> methods() {
  std::vector<MethodInfo> infos;
  for (const Method* method : list) infos.push_back({method->name, method->sentence});
  return infos;
}

Attribution attribute_layer(Sweeps& sweeps, const Image& picture, const AttributionRequest& request,
                            const Control& control) {
  const Method& method = find(request.method);
  control.throw_if_cancelled();
  Attribution result = method.run({sweeps, picture, request, control});
  result.method = method.name;
  result.layer = request.layer;
  if (!result.activations) result.activations = sweeps.activations(picture, request.layer);
  result.total = result.values ? sum(result.values->values) : sum(result.falls);
  if (!result.influences) say_without_influence(result);
  return result;
}

Attribution attribute(Sweeps& sweeps, const Image& picture, const AttributionRequest& request,
                      const Control& control) {
  Attribution result = attribute_layer(sweeps, picture, request, control);
  control.throw_if_cancelled();
  const std::array ends{*result.activations, baseline_of(*result.activations, request.baseline)};
  try {
    const std::vector<float> values = sweeps.values_at(picture, request.layer, ends, request.objective);
    result.value = values[0];
    result.baseline_value = values[1];
  } catch (const Error&) {
    // Networks that divide by a range or a norm have no value where all is zero; the path, which ends before
    // it, may have one.
    result.value = sweeps.values_at(picture, request.layer, std::span(ends).first(1), request.objective)[0];
    result.baseline_value = std::numeric_limits<float>::quiet_NaN();
    result.note.remarks.push_back(
        "The network gives no finite number for the baseline, so the completeness gap is unknown");
  }
  result.gap = result.value - result.baseline_value - result.total;
  control.report(1, "attribution");
  return result;
}

}  // namespace tessera::attribution
