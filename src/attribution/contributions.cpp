#include "tessera/attribution/method.h"
#include "tessera/base/error.h"

namespace tessera::attribution {

std::vector<float> contributions(const Attribution& attribution, const Atoms& atoms) {
  if (attribution.values) return reduce(*attribution.values, atoms);
  if (attribution.ablated == atoms) return attribution.falls;
  throw Error("these are not the atoms that were ablated", attribution.layer, "Ablate the ones to look at");
}

}  // namespace tessera::attribution
