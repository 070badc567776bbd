/* json_layout - a JSON text laid out for people: what fits in a line stands in one */
#include "json/json_layout.h"

#include <string.h>

#define WIDTH  90 /* columns, the comma after a value not counted */
#define INDENT 2

/* The end of the string at p. */
static const char *string_end(const char *p)
{
    for (p++; *p && *p != '"'; p++)
        if (*p == '\\' && p[1])
            p++;
    return *p ? p + 1 : p;
}

/* The end of the value at p, or NULL if it takes more than room columns. */
static const char *end_within(const char *p, size_t room)
{
    size_t columns = 0;
    unsigned depth = 0;
    bool quoted = false;
    for (; *p && columns <= room; p++) {
        if (depth == 0 && !quoted && strchr(",]}", *p))
            return p;
        if (quoted && *p == '\\' && p[1])
            p++, columns++;
        else if (*p == '"')
            quoted = !quoted;
        else if (!quoted)
            depth = depth + (*p == '[' || *p == '{') - (*p == ']' || *p == '}');
        columns += ((unsigned char)*p & 0xC0) != 0x80;
    }
    return columns <= room ? p : NULL;
}

static void new_line(hg_buf *out, size_t indent)
{
    hg_buf_putc(out, '\n');
    for (size_t i = 0; i < indent; i++)
        hg_buf_putc(out, ' ');
}

static const char *lay_out(hg_buf *out, const char *p, size_t indent, size_t column);

/* Append the object or array at p with a line for each member. */
static const char *break_up(hg_buf *out, const char *p, size_t indent)
{
    const bool object = *p == '{';
    hg_buf_putc(out, *p++);
    while (*p && *p != ']' && *p != '}') {
        p += strspn(p, ", ");
        new_line(out, indent + INDENT);
        const size_t key = object ? (size_t)(string_end(p) + strlen(": ") - p) : 0;
        hg_buf_put(out, p, key);
        p = lay_out(out, p + key, indent + INDENT, indent + INDENT + key);
        if (*p == ',')
            hg_buf_putc(out, ',');
    }
    new_line(out, indent);
    hg_buf_putc(out, object ? '}' : ']');
    return *p ? p + 1 : p;
}

/* Append the value at p, which starts in the given column of a line so indented; returns
 * its end. */
static const char *lay_out(hg_buf *out, const char *p, size_t indent, size_t column)
{
    const char *end = end_within(p, column < WIDTH ? WIDTH - column : 0);
    if (!end && (*p == '[' || *p == '{'))
        return break_up(out, p, indent);
    if (!end)
        end = *p == '"' ? string_end(p) : p + strcspn(p, ",]}");
    hg_buf_put(out, p, (size_t)(end - p));
    return end;
}

void hg_json_lay_out(hg_buf *out, const char *text)
{
    if (*text == '{' && text[1] != '}')
        break_up(out, text, 0);
    else
        lay_out(out, text, 0, 0);
    hg_buf_putc(out, '\n');
}
