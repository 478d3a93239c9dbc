#define TESSERA_KERNEL_NAMESPACE avx512
#define TESSERA_KERNEL_NAME "AVX-512"
#define TESSERA_KERNEL_LANES 16
#define TESSERA_KERNEL_ROWS 8
#include "factorization/kernels/body.h"
