#define TESSERA_KERNEL_NAMESPACE avx512
#define TESSERA_KERNEL_NAME "AVX-512"
#define TESSERA_KERNEL_LANES 16
#include "featurevis/kernels/body.h"
