#define TESSERA_KERNEL_NAMESPACE generic
#define TESSERA_KERNEL_NAME "plain"
#define TESSERA_KERNEL_LANES 4
#include "featurevis/kernels/body.h"
