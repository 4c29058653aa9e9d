#ifndef APPLIANCE_CZSTD_H
#define APPLIANCE_CZSTD_H
#include <zstd.h>
#endif
