#include "read/markup.h"

#include <expat.h>
#include <stdlib.h>

struct reading {
    XML_Parser parser;
    const struct markup *markup;
    void *arg;
    int depth;
    enum reader_code code;
};

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon ? colon + 1 : name;
}

const char *markup_attribute(const char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (strcmp(local_name(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

static void stop(struct reading *reading, enum reader_code code)
{
    if (reading->code == READER_DONE)
        reading->code = code;
    XML_StopParser(reading->parser, XML_FALSE);
}

static void XMLCALL on_open(void *arg, const XML_Char *name, const XML_Char **attributes)
{
    struct reading *reading = arg;

    if (++reading->depth > MARKUP_DEPTH_MOST)
        stop(reading, READER_DEEP);
    else
        reading->markup->open(reading->arg, local_name(name), attributes);
}

static void XMLCALL on_close(void *arg, const XML_Char *name)
{
    struct reading *reading = arg;

    reading->depth--;
    reading->markup->close(reading->arg, local_name(name));
}

static void XMLCALL on_text(void *arg, const XML_Char *text, int len)
{
    struct reading *reading = arg;

    reading->markup->text(reading->arg, (struct slice){text, (size_t)len});
}

static void XMLCALL on_doctype(void *arg, const XML_Char *name, const XML_Char *system, const XML_Char *public, int inner)
{
    (void)name;
    (void)system;
    (void)public;
    (void)inner;
    stop(arg, READER_DOCTYPE);
}

static enum reader_code take(void *arg, struct slice piece, bool last)
{
    struct reading *reading = arg;

    if (XML_Parse(reading->parser, piece.at, (int)piece.len, last) != XML_STATUS_OK)
        return reading->code == READER_DONE ? READER_BROKEN : reading->code;
    return reading->markup->verdict ? reading->markup->verdict(reading->arg) : READER_DONE;
}

enum reader_code markup_read(struct package *package, const char *part, const struct markup *markup, void *arg)
{
    struct reading reading = {.parser = XML_ParserCreate(NULL), .markup = markup, .arg = arg};
    enum reader_code code;

    if (!reading.parser)
        abort();
    XML_SetUserData(reading.parser, &reading);
    XML_SetElementHandler(reading.parser, on_open, on_close);
    XML_SetCharacterDataHandler(reading.parser, on_text);
#ifndef TQ_TEETH_READER_DOCTYPE
    XML_SetStartDoctypeDeclHandler(reading.parser, on_doctype);
#endif
    code = package_read(package, part, take, &reading);
    XML_ParserFree(reading.parser);
    return code;
}
