#define TESSERA_KERNEL_NAMESPACE avx2
#define TESSERA_KERNEL_NAME "AVX2"
#define TESSERA_KERNEL_LANES 8
#include "featurevis/kernels/body.h"
