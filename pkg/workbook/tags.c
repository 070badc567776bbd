/* tags - a web page as tags and the text between them */
#include "workbook/tags.h"
#include "base/file.h"
#include "workbook/entities.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define BLOCK ((size_t)1 << 16) /* bytes read at once */

struct hg_tags {
    int fd;
    const char *name;
    uint64_t at;
    hg_buf window; /* what was read and is not used up, from next on */
    size_t next;
    bool ended;         /* nothing follows the window */
    const char *within; /* the element whose content is passed over; NULL: none */
};

hg_status hg_tags_new(hg_tags **out, int fd, const char *name, uint64_t from, hg_err *err)
{
    hg_tags *tags = *out = calloc(1, sizeof *tags);
    if (!tags)
        return hg_fail_nomem(err);
    tags->fd = fd;
    tags->name = name;
    tags->at = from;
    return HG_OK;
}

void hg_tags_free(hg_tags *tags)
{
    if (!tags)
        return;
    hg_buf_release(&tags->window);
    free(tags);
}

/* ---- the window ---- */

static hg_slice rest(const hg_tags *t)
{
    return (hg_slice){ t->window.data ? t->window.data + t->next : "",
                       t->window.len - t->next };
}

/* Read on, behind what is not used up. */
static hg_status more(hg_tags *t, hg_err *err)
{
    size_t n, kept = t->window.len - t->next;
    if (kept > HG_TAGS_MAX)
        return hg_fail(err, HG_EINPUT, HG_AT(t->name),
                       "a tag or comment of more than %zu bytes", HG_TAGS_MAX);
    if (kept > 0)
        memmove(t->window.data, t->window.data + t->next, kept);
    t->window.len = kept;
    t->next = 0;
    char *room = hg_buf_reserve(&t->window, BLOCK);
    if (!room)
        return hg_buf_status(&t->window, err);
    hg_status st = hg_file_read_at(t->fd, t->name, room, BLOCK, t->at, &n, err);
    if (st != HG_OK)
        return st;
    t->window.len += n;
    t->at += n;
    t->ended = n < BLOCK;
    return HG_OK;
}

/* ---- what stands there ---- */

/* Behind the first place of a mark in a text, or 0. */
static size_t behind(hg_slice text, size_t from, const char *mark)
{
    size_t n = strlen(mark);
    for (size_t i = from; i + n <= text.n; i++)
        if (strncasecmp(text.p + i, mark, n) == 0)
            return i + n;
    return 0;
}

/* Behind the '>' that ends a tag, quotes being passed over, or 0. */
static size_t behind_tag(hg_slice text)
{
    char quote = '\0', before = '\0';
    for (size_t i = 1; i < text.n; i++) {
        char c = text.p[i];
        if (quote) {
            quote = c == quote ? '\0' : quote;
        } else if ((c == '"' || c == '\'') && before == '=') {
            quote = c;
        } else if (c == '>') {
            return i + 1;
        }
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
            before = c;
    }
    return 0;
}

/* Whether what follows a '<' makes it that of a tag, a comment or a declaration. */
static bool begins_tag(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '/' || c == '!' || c == '?';
}

/* The name of an element that holds no text of the page, or NULL. */
static const char *passed_over(const char *name)
{
    static const char *const names[] = { "script", "style",  "title",    "textarea",
                                         "xml",    "select", "noscript", "iframe" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return names[i];
    return NULL;
}

static void take_tag(hg_tags *t, hg_tag *tag, hg_slice text)
{
    size_t i = 1, n = 0;
    tag->kind = text.p[1] == '/' ? HG_TAG_CLOSE : HG_TAG_OPEN;
    i += tag->kind == HG_TAG_CLOSE;
    for (; i < text.n - 1 && !strchr(" \t\r\n/>", text.p[i]); i++)
        if (n < HG_TAGS_NAME - 1) {
            char c = text.p[i];
            tag->name[n++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
        }
    tag->name[n] = '\0';
    tag->text = (hg_slice){ text.p + i, text.n - 1 - i };
    if (tag->kind == HG_TAG_OPEN && text.p[text.n - 2] != '/')
        t->within = passed_over(tag->name);
}

/* A piece of text, up to where a tag may begin; an entity that may go on is left. */
static size_t piece(const hg_tags *t, hg_slice text)
{
    const char *tag = memchr(text.p + 1, '<', text.n - 1);
    if (tag)
        return (size_t)(tag - text.p);
    size_t n = text.n;
    for (size_t i = 1; !t->ended && i <= HG_ENTITY_MAX && i <= n; i++)
        if (text.p[n - i] == '&')
            return n - i;
    return n;
}

/* Pass over the content of an element. */
static hg_status pass_over(hg_tags *t, hg_err *err)
{
    char mark[HG_TAGS_NAME + 2];
    snprintf(mark, sizeof mark, "</%s", t->within);
    for (;;) {
        hg_slice text = rest(t);
        size_t end = behind(text, 0, mark);
        if (end > 0) {
            t->next += end - strlen(mark);
            t->within = NULL;
            return HG_OK;
        }
        if (t->ended)
            return hg_fail(err, HG_EINPUT, HG_AT(t->name),
                           "the page is cut off within the element %s", t->within);
        t->next += text.n > sizeof mark ? text.n - sizeof mark : 0;
        if (more(t, err) != HG_OK)
            return err->status;
    }
}

/* A '<': a comment or declaration is passed over, a tag taken. HG_END: more is needed. */
static hg_status at_angle(hg_tags *t, hg_tag *tag, hg_slice text, bool *taken)
{
    bool comment = text.n >= 4 && memcmp(text.p, "<!--", 4) == 0;
    bool other = text.p[1] == '!' || text.p[1] == '?';
    size_t end = comment ? behind(text, 4, "-->")
                 : other ? behind(text, 1, ">")
                         : behind_tag(text);
    if (end == 0)
        return HG_END;
    *taken = !comment && !other;
    if (*taken)
        take_tag(t, tag, (hg_slice){ text.p, end });
    t->next += end;
    return HG_OK;
}

hg_status hg_tags_next(hg_tags *t, hg_tag *tag, hg_err *err)
{
    for (;;) {
        bool taken = false;
        if (t->within && pass_over(t, err) != HG_OK)
            return err->status;
        hg_slice text = rest(t);
        bool angle = text.n > 0 && text.p[0] == '<';
        if (!t->ended && text.n <= HG_ENTITY_MAX) {
            if (more(t, err) != HG_OK)
                return err->status;
            continue;
        }
        if (text.n == 0)
            return HG_END;
        if (angle && text.n > 1 && begins_tag(text.p[1])) {
            if (at_angle(t, tag, text, &taken) == HG_OK) {
                if (taken)
                    return HG_OK;
            } else if (t->ended) {
                return hg_fail(err, HG_EINPUT, HG_AT(t->name),
                               "the page is cut off within a tag or comment");
            } else if (more(t, err) != HG_OK) {
                return err->status;
            }
            continue;
        }
        size_t n = piece(t, text);
        tag->kind = HG_TAG_TEXT;
        tag->name[0] = '\0';
        tag->text = (hg_slice){ text.p, n };
        t->next += n;
        return HG_OK;
    }
}

/* ---- attributes ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The value that stands at i, in quotes or not. */
static hg_slice value_at(hg_slice all, size_t *i)
{
    char quote = *i < all.n && (all.p[*i] == '"' || all.p[*i] == '\'') ? all.p[*i] : '\0';
    size_t from = *i += quote != '\0';
    while (*i < all.n && (quote ? all.p[*i] != quote : !is_space(all.p[*i])))
        ++*i;
    hg_slice value = { all.p + from, *i - from };
    *i += quote != '\0';
    return value;
}

bool hg_tag_attr(const hg_tag *tag, const char *name, hg_slice *value)
{
    hg_slice all = tag->text;
    size_t size = strlen(name);
    for (size_t i = 0; i < all.n;) {
        while (i < all.n && (is_space(all.p[i]) || all.p[i] == '/'))
            i++;
        size_t from = i;
        while (i < all.n && !is_space(all.p[i]) && all.p[i] != '=')
            i++;
        bool found = i - from == size && strncasecmp(all.p + from, name, size) == 0;
        while (i < all.n && is_space(all.p[i]))
            i++;
        *value = (hg_slice){ "", 0 };
        if (i < all.n && all.p[i] == '=') {
            i++;
            while (i < all.n && is_space(all.p[i]))
                i++;
            *value = value_at(all, &i);
        } else if (i == from && i < all.n) {
            i++;
        }
        if (found)
            return true;
    }
    return false;
}
