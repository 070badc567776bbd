/* addresses - which file an address leads to, and which address a file has */
#include "dataset/addresses.h"
#include "base/path.h"
#include "text/uri.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define FILE_SCHEME "file://"

struct hg_addresses {
    hg_buf base;  /* in normal form, up to its last '/'; empty: none */
    char *folder; /* which it stands for, in full */
    char *given;  /* the folder's name as given; empty for the working directory */
};

/* ---- addresses ---- */

static bool is_plain(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c > 0 && strchr("-._~", c));
}

static void put_lower(hg_buf *out, hg_slice text)
{
    for (size_t i = 0; i < text.n; i++)
        hg_buf_putc(out, text.p[i] >= 'A' && text.p[i] <= 'Z' ? (char)(text.p[i] | 32)
                                                              : text.p[i]);
}

/* Undo the escapes of what needs none; those that stay have capital letters. */
static void put_normal(hg_buf *out, hg_slice text)
{
    for (size_t i = 0; i < text.n; i++) {
        hg_buf one = { 0 };
        if (text.p[i] == '%' && text.n - i > 2)
            hg_uri_decode(&one, (hg_slice){ text.p + i, 3 });
        bool escape = one.len == 1,
             plain = escape && is_plain((unsigned char)one.data[0]);
        if (plain)
            hg_buf_putc(out, one.data[0]);
        else if (escape)
            hg_buf_printf(out, "%%%02X", (unsigned)(unsigned char)one.data[0]);
        else
            hg_buf_putc(out, text.p[i]);
        i += escape ? 2 : 0;
        hg_buf_release(&one);
    }
}

static void put_authority(hg_buf *out, hg_slice scheme, hg_slice authority)
{
    static const struct {
        const char *scheme, *port;
    } usual[] = { { "http", ":80" }, { "https", ":443" }, { "ftp", ":21" } };
    hg_slice text = authority;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        size_t n = strlen(usual[i].port), s = strlen(usual[i].scheme);
        if (scheme.n == s && strncasecmp(scheme.p, usual[i].scheme, s) == 0 &&
            text.n > n && memcmp(text.p + text.n - n, usual[i].port, n) == 0)
            text.n -= n;
    }
    put_lower(out, text);
}

static void put_part(hg_buf *out, const char *mark, hg_slice text)
{
    if (!text.p)
        return;
    hg_buf_puts(out, mark);
    put_normal(out, text);
}

void hg_address_resolve(hg_buf *out, const char *base, const char *ref)
{
    hg_buf whole = { 0 };
    hg_uri_resolve(&whole, hg_slice_of(base), hg_slice_of(ref));
    hg_uri u = hg_uri_split((hg_slice){ whole.data ? whole.data : "", whole.len });
    if (u.scheme.p) {
        put_lower(out, u.scheme);
        hg_buf_putc(out, ':');
    }
    if (u.authority.p) {
        hg_buf_puts(out, "//");
        put_authority(out, u.scheme, u.authority);
        if (u.path.n == 0)
            hg_buf_putc(out, '/');
    }
    put_normal(out, u.path);
    put_part(out, "?", u.query);
    put_part(out, "#", u.fragment);
    if (whole.status != HG_OK)
        out->status = whole.status;
    hg_buf_release(&whole);
}

/* ---- files ---- */

hg_status hg_addresses_new(hg_addresses **out, const char *base, const char *folder,
                           hg_err *err)
{
    hg_addresses *a = *out = calloc(1, sizeof *a);
    if (!a)
        return hg_fail_nomem(err);
    hg_status st = hg_path_real(&a->folder, folder, err);
    if (st == HG_OK && !(a->given = strdup(strcmp(folder, ".") == 0 ? "" : folder)))
        st = hg_fail_nomem(err);
    if (st == HG_OK && base) {
        hg_uri u = hg_uri_split(hg_slice_of(base));
        if (!u.scheme.p || !u.authority.p)
            st = hg_fail(err, HG_EARG, NULL, "'%s' is no absolute address", base);
        hg_address_resolve(&a->base, base, "."); /* its folder */
    }
    if (st == HG_OK)
        st = hg_buf_status(&a->base, err);
    if (st != HG_OK) {
        hg_addresses_free(a);
        *out = NULL;
    }
    return st;
}

void hg_addresses_free(hg_addresses *a)
{
    if (!a)
        return;
    hg_buf_release(&a->base);
    free(a->folder);
    free(a->given);
    free(a);
}

/* What of path lies below folder; NULL: it does not. */
static const char *below(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    while (n > 0 && folder[n - 1] == '/')
        n--;
    return strncmp(path, folder, n) == 0 && path[n] == '/' ? path + n + 1 : NULL;
}

static void put_path(hg_buf *out, const char *path)
{
    for (; *path != '\0'; path++) {
        if (is_plain((unsigned char)*path) || strchr("/!$&'()*+,;=:@", *path))
            hg_buf_putc(out, *path);
        else
            hg_buf_printf(out, "%%%02X", (unsigned)(unsigned char)*path);
    }
}

/* The full path of what may not be there, links of its folder followed but not its own.
 */
static hg_status full_path(char **full, const char *path, hg_err *err)
{
    char *folder = NULL, *real = NULL;
    const char *name = strrchr(path, '/');
    hg_status st = hg_path_parent(&folder, path, err);
    if (st == HG_OK)
        st = hg_path_real(&real, folder, err);
    if (st == HG_OK)
        st = hg_path_join(full, real, name ? name + 1 : path, err);
    free(folder);
    free(real);
    return st;
}

hg_status hg_addresses_of(hg_buf *out, const hg_addresses *a, const char *path,
                          hg_err *err)
{
    char *full = NULL;
    hg_status st = full_path(&full, path, err);
    if (st != HG_OK)
        return st;
    const char *rest = a->base.len > 0 ? below(full, a->folder) : NULL;
    hg_buf_puts(out, rest ? a->base.data : FILE_SCHEME);
    put_path(out, rest ? rest : full);
    free(full);
    return hg_buf_status(out, err);
}

/* A path out of an address: a NUL or a '/' that was escaped leads nowhere. */
static bool put_decoded(hg_buf *out, hg_slice text)
{
    hg_buf plain = { 0 };
    size_t slashes = 0;
    hg_uri_decode(&plain, text);
    for (size_t i = 0; i < text.n; i++)
        slashes += text.p[i] == '/';
    for (size_t i = 0; i < plain.len; i++)
        slashes -= plain.data[i] == '/';
    bool ok = slashes == 0 && !(plain.data && memchr(plain.data, '\0', plain.len));
    hg_buf_put(out, plain.data ? plain.data : "", plain.len);
    hg_buf_release(&plain);
    return ok;
}

hg_status hg_addresses_path(char **path, const hg_addresses *a, const char *address,
                            hg_err *err)
{
    hg_buf text = { 0 };
    size_t n = strcspn(address, "?#"), base = a->base.len;
    bool ours = false;
    *path = NULL;
    if (base > 0 && n >= base && memcmp(address, a->base.data, base) == 0) {
        hg_buf_printf(&text, "%s/", strcmp(a->folder, "/") == 0 ? "" : a->folder);
        ours = put_decoded(&text, (hg_slice){ address + base, n - base });
    } else if (strncmp(address, FILE_SCHEME "/", sizeof FILE_SCHEME) == 0) {
        size_t skip = sizeof FILE_SCHEME - 1;
        ours = put_decoded(&text, (hg_slice){ address + skip, n - skip });
    }
    hg_status st = hg_buf_status(&text, err);
    const char *rest = st == HG_OK && ours ? below(text.data, a->folder) : NULL;
    if (rest)
        st = hg_path_join(path, a->given, rest, err);
    else if (st == HG_OK && ours && !(*path = strdup(text.data)))
        st = hg_fail_nomem(err);
    hg_buf_release(&text);
    return st;
}

bool hg_addresses_same(const hg_addresses *a, const char *one, const char *other)
{
    hg_err err = HG_ERR_INIT;
    char *p = NULL, *q = NULL;
    hg_addresses_path(&p, a, one, &err);
    hg_addresses_path(&q, a, other, &err);
    size_t n = strcspn(one, "#");
    bool same = p && q ? strcmp(p, q) == 0
                       : strncmp(one, other, n) == 0 && strcspn(other, "#") == n;
    free(p);
    free(q);
    return same;
}
