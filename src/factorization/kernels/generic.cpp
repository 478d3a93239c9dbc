#define TESSERA_KERNEL_NAMESPACE generic
#define TESSERA_KERNEL_NAME "plain"
#define TESSERA_KERNEL_LANES 4
#define TESSERA_KERNEL_ROWS 6
#include "factorization/kernels/body.h"
