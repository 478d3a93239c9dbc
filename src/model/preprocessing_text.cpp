#include "tessera/model/preprocessing.h"
