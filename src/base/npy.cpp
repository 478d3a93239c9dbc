#include "tessera/base/npy.h"
