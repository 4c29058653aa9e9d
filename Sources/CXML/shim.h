#ifndef APPLIANCE_CXML_H
#define APPLIANCE_CXML_H
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#endif
