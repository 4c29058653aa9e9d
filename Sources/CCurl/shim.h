#ifndef APPLIANCE_CCURL_H
#define APPLIANCE_CCURL_H
#include <curl/curl.h>
#endif
