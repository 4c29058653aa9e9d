#ifndef APPLIANCE_CXML_H
#define APPLIANCE_CXML_H
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

/* `xmlFree` is a global variable that holds a function; Swift's concurrency checks cannot call it. */
static inline void appliance_xml_free(void *memory) { xmlFree(memory); }
#endif
