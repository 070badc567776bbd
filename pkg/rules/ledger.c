/* ledger - which rows have the same key, or lead nowhere */
#include "rules/ledger.h"
#include "base/pack.h"
#include "rules/journal.h"
#include "rules/lists.h"

#include <stdlib.h>
#include <string.h>

enum { ROW_BITS = 40, AHEAD = 64 /* results of a list that are read at once */ };
#define TARGET (HG_LEDGER_ROWS) /* the bit of a row that marks a target */
#define ROW    (((uint64_t)1 << ROW_BITS) - 1)

/* Numbers one after the other in rows one after the other. */
typedef struct run {
    int64_t first;
    uint64_t n, row;
} run;

/* The results of a list, which are in the order of rows. */
typedef struct cursor {
    hg_lists_at at;
    hg_pair *ahead; /* AHEAD of them */
    size_t i, n;
} cursor;

struct hg_ledger {
    hg_budget *budget;
    unsigned id; /* in the journal */
    hg_lists *entries;
    /* as long as numbers rise: */
    bool rising;
    run *runs;
    size_t n_runs, cap;
    /* once it was looked through: */
    hg_lists *results; /* pairs of a row and the first that has its key */
    cursor cursors[HG_LISTS];
    unsigned heap[HG_LISTS], n_heap; /* of cursors, that with the least row on top */
    hg_pair *ahead;
};

/* ---- entries ---- */

static hg_pair pair_of(hg_hash hash, uint64_t row)
{
    return (hg_pair){ hash.a << 8 | (hash.b & 0xFF), hash.b >> 8 << ROW_BITS | row };
}

static hg_status enter(hg_ledger *l, hg_hash hash, uint64_t row, hg_err *err)
{
    return hg_lists_add(l->entries, (unsigned)(hash.a >> 56), pair_of(hash, row), err);
}

static void drop_runs(hg_ledger *l)
{
    l->budget->used -= l->cap * sizeof *l->runs;
    free(l->runs);
    l->runs = NULL;
    l->n_runs = l->cap = 0;
}

/* From now on, keys are entered one by one; those before, too. */
static hg_status fall(hg_ledger *l, hg_err *err)
{
    hg_status st = HG_OK;
    l->rising = false;
    for (size_t i = 0; st == HG_OK && i < l->n_runs; i++)
        for (uint64_t k = 0; st == HG_OK && k < l->runs[i].n; k++)
            st = enter(l, hg_hash_of_number(l->runs[i].first + (int64_t)k),
                       l->runs[i].row + k, err);
    drop_runs(l);
    return st;
}

static hg_status add_run(hg_ledger *l, int64_t number, uint64_t row, hg_err *err)
{
    if (l->n_runs == l->cap) {
        size_t more = l->cap / 8 + 64;
        hg_err full = HG_ERR_INIT;
        if (hg_budget_take(l->budget, more * sizeof *l->runs, &full) != HG_OK)
            return full.status == HG_EINPUT ? HG_END : hg_fail_nomem(err);
        run *runs = realloc(l->runs, (l->cap + more) * sizeof *runs);
        if (!runs) {
            l->budget->used -= more * sizeof *runs;
            return hg_fail_nomem(err);
        }
        l->runs = runs;
        l->cap += more;
    }
    l->runs[l->n_runs++] = (run){ number, 1, row };
    return HG_OK;
}

/* Go on with the runs; HG_END where the number does not rise, or there is no room. */
static hg_status rise(hg_ledger *l, int64_t number, uint64_t row, hg_err *err)
{
    run *last = l->n_runs > 0 ? &l->runs[l->n_runs - 1] : NULL;
    int64_t highest = last ? last->first + (int64_t)(last->n - 1) : INT64_MIN;
    if (last && number <= highest)
        return HG_END;
    if (!last || number - 1 != highest || row != last->row + last->n)
        return add_run(l, number, row, err);
    last->n++;
    return HG_OK;
}

/* Of a part: a row, or 0 for a target, and the key. */
static hg_status note_key(const hg_ledger *l, hg_hash hash, uint64_t row, hg_err *err)
{
    hg_buf *record = hg_journal_begin(l->budget->journal, l->id);
    hg_pack_number(record, row);
    hg_pack_word(record, hash.a);
    hg_pack_word(record, hash.b);
    return hg_journal_end(l->budget->journal, err);
}

static hg_status replay(void *self, hg_slice record, hg_before before, hg_err *err)
{
    uint64_t row = hg_unpack_number(&record);
    hg_hash hash;
    if (record.n != 16 || row + before.rows >= HG_LEDGER_ROWS)
        return hg_journal_wrong(err);
    hash.a = hg_unpack_word(&record);
    hash.b = hg_unpack_word(&record);
    return row == 0 ? hg_ledger_target(self, hash, err)
                    : hg_ledger_add(self, hash, row + before.rows, err);
}

hg_status hg_ledger_add(hg_ledger *l, hg_hash hash, uint64_t row, hg_err *err)
{
    int64_t number;
    if (hg_journal_writes(l->budget->journal))
        return note_key(l, hash, row, err);
    if (l->rising) {
        hg_status st =
            hg_hash_is_number(hash, &number) ? rise(l, number, row, err) : HG_END;
        if (st != HG_END)
            return st;
        st = fall(l, err);
        if (st != HG_OK)
            return st;
    }
    return enter(l, hash, row, err);
}

bool hg_ledger_rising(const hg_ledger *l)
{
    return l->rising && !hg_journal_writes(l->budget->journal);
}

/* Take what goes on in the last run; how many rows that is. */
static size_t go_on(hg_ledger *l, const hg_hash *keys, size_t stride, size_t n,
                    uint64_t row)
{
    run *last = l->n_runs > 0 ? &l->runs[l->n_runs - 1] : NULL;
    size_t r = 0;
    if (!last || row != last->row + last->n)
        return 0;
    uint64_t highest = (uint64_t)last->first + last->n - 1;
    for (int64_t number; r < n && highest < INT64_MAX; r++, highest++)
        if (!hg_hash_is_number(keys[r * stride], &number) || (uint64_t)number != highest + 1)
            break;
    last->n += r;
    return r;
}

hg_status hg_ledger_add_rows(hg_ledger *l, const hg_hash *keys, size_t stride, size_t n,
                             uint64_t row, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t r = 0; st == HG_OK && r < n; r++) {
        if (hg_ledger_rising(l))
            r += go_on(l, keys + r * stride, stride, n - r, row + r);
        if (r < n)
            st = hg_ledger_add(l, keys[r * stride], row + r, err);
    }
    return st;
}

hg_status hg_ledger_target(hg_ledger *l, hg_hash hash, hg_err *err)
{
    if (hg_journal_writes(l->budget->journal))
        return note_key(l, hash, 0, err);
    hg_status st = l->rising ? fall(l, err) : HG_OK;
    return st == HG_OK ? enter(l, hash, TARGET, err) : st;
}

/* ---- looking through a list ---- */

/* What one thread needs for it. */
typedef struct look {
    hg_task task;
    const hg_ledger *ledger;
    unsigned list;
    bool lost, begun;
    hg_pair *pairs, *results;
    uint32_t *places; /* 1 + the index of a pair; 0: none */
    size_t n, n_results;
    hg_err err;
} look;

static size_t places_for(size_t n)
{
    size_t size = 16;
    while (size < n + n / 2)
        size *= 2;
    return size;
}

static inline bool same_key(hg_pair x, hg_pair y)
{
    return x.a == y.a && (x.b ^ y.b) >> ROW_BITS == 0;
}

/* The place of a pair's key; 0 stands there where no pair before had it. */
static inline uint32_t *place_of(const look *k, hg_pair pair, size_t mask)
{
    size_t i = (size_t)(pair.a >> 12) & mask;
    while (k->places[i] != 0 && !same_key(k->pairs[k->places[i] - 1], pair))
        i = (i + 1) & mask;
    return &k->places[i];
}

static void find_same(look *k, size_t mask)
{
    for (size_t i = 0; i < k->n; i++) {
        uint32_t *place = place_of(k, k->pairs[i], mask);
        if (*place == 0)
            *place = (uint32_t)i + 1;
        else
            k->results[k->n_results++] =
                (hg_pair){ k->pairs[i].b & ROW, k->pairs[*place - 1].b & ROW };
    }
}

static void find_lost(look *k, size_t mask)
{
    for (size_t i = 0; i < k->n; i++)
        if (k->pairs[i].b & TARGET)
            *place_of(k, k->pairs[i], mask) = (uint32_t)i + 1;
    for (size_t i = 0; i < k->n; i++)
        if (!(k->pairs[i].b & TARGET) && *place_of(k, k->pairs[i], mask) == 0)
            k->results[k->n_results++] = (hg_pair){ k->pairs[i].b & ROW, 0 };
}

static void look_through(void *arg, unsigned worker)
{
    look *k = arg;
    hg_lists_at at = { .list = k->list };
    size_t all = hg_lists_count(k->ledger->entries, k->list), got, size = places_for(all);
    (void)worker;
    for (k->n = k->n_results = 0; k->n < all; k->n += got)
        if (hg_lists_read(k->ledger->entries, &at, k->pairs + k->n, all - k->n, &got,
                          &k->err) != HG_OK)
            return;
    memset(k->places, 0, size * sizeof *k->places);
    (k->lost ? find_lost : find_same)(k, size - 1);
}

/* ---- all lists ---- */

/* Take what a look at one list of n pairs needs. */
static hg_status open_look(look *k, hg_ledger *l, size_t n, hg_err *err)
{
    size_t pairs = 2 * n * sizeof(hg_pair), places = places_for(n) * sizeof *k->places;
    hg_status st = hg_budget_take(l->budget, pairs + places, err);
    if (st != HG_OK)
        return st;
    k->pairs = malloc(pairs + places);
    if (!k->pairs) {
        l->budget->used -= pairs + places;
        return hg_fail_nomem(err);
    }
    k->results = k->pairs + n;
    k->places = (uint32_t *)(void *)(k->results + n);
    k->ledger = l;
    return HG_OK;
}

/* Keep what was found in the list that a thread looked through. */
static hg_status take_results(hg_ledger *l, hg_team *team, look *k, hg_err *err)
{
    if (team)
        hg_team_wait(team, &k->task);
    k->begun = false;
    if (k->err.status != HG_OK) {
        *err = k->err;
        return err->status;
    }
    hg_lists_drop(l->entries, k->list);
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < k->n_results; i++)
        st = hg_lists_add(l->results, k->list, k->results[i], err);
    return st;
}

static hg_status look_at_all(hg_ledger *l, hg_team *team, look *looks, unsigned n,
                             bool lost, hg_err *err)
{
    hg_status st = HG_OK;
    for (unsigned i = 0; st == HG_OK && i < HG_LISTS + n; i++) {
        look *k = &looks[i % n];
        if (k->begun)
            st = take_results(l, team, k, err);
        if (st != HG_OK || i >= HG_LISTS)
            continue;
        k->list = i;
        k->lost = lost;
        k->begun = true;
        k->task = (hg_task){ .run = look_through, .arg = k };
        if (team)
            hg_team_put(team, &k->task);
        else
            look_through(k, 0);
    }
    for (unsigned i = 0; i < n; i++) /* after a failure */
        if (looks[i].begun && team)
            hg_team_wait(team, &looks[i].task);
    return st;
}

/* One look at a time while memory is short, otherwise two for each thread. */
static hg_status look_at_lists(hg_ledger *l, hg_team *team, bool lost, hg_err *err)
{
    look looks[2 * HG_TEAM_MAX] = { 0 };
    unsigned n = 0, most = team ? 2 * hg_team_threads(team) : 1;
    size_t widest = 0, taken = l->budget->used;
    for (unsigned i = 0; i < HG_LISTS; i++)
        if (hg_lists_count(l->entries, i) > widest)
            widest = (size_t)hg_lists_count(l->entries, i);
    hg_status st = open_look(&looks[n++], l, widest, err);
    size_t each = l->budget->used > taken ? l->budget->used - taken : l->budget->used;
    while (st == HG_OK && n < most && each <= (l->budget->max - l->budget->used) / 2)
        st = open_look(&looks[n++], l, widest, err);
    hg_lists_hold(l->entries);
    if (st == HG_OK)
        st = look_at_all(l, team, looks, n, lost, err);
    for (unsigned i = 0; i < n; i++) {
        if (looks[i].pairs)
            l->budget->used -=
                2 * widest * sizeof(hg_pair) + places_for(widest) * sizeof(uint32_t);
        free(looks[i].pairs);
    }
    return st;
}

/* ---- results, in the order of rows ---- */

static uint64_t row_at(const hg_ledger *l, unsigned i)
{
    const cursor *c = &l->cursors[l->heap[i]];
    return c->ahead[c->i].a;
}

static void sink(hg_ledger *l)
{
    for (unsigned i = 0, k; (k = 2 * i + 1) < l->n_heap; i = k) {
        k += k + 1 < l->n_heap && row_at(l, k + 1) < row_at(l, k);
        if (row_at(l, i) <= row_at(l, k))
            break;
        unsigned upper = l->heap[i];
        l->heap[i] = l->heap[k];
        l->heap[k] = upper;
    }
}

static void rise_up(hg_ledger *l)
{
    for (unsigned i = l->n_heap - 1; i > 0 && row_at(l, i) < row_at(l, (i - 1) / 2);
         i = (i - 1) / 2) {
        unsigned lower = l->heap[i];
        l->heap[i] = l->heap[(i - 1) / 2];
        l->heap[(i - 1) / 2] = lower;
    }
}

static hg_status read_ahead(hg_ledger *l, cursor *c, hg_err *err)
{
    c->i = 0;
    return hg_lists_read(l->results, &c->at, c->ahead, AHEAD, &c->n, err);
}

static hg_status begin_results(hg_ledger *l, hg_err *err)
{
    size_t size = HG_LISTS * AHEAD * sizeof *l->ahead;
    hg_status st = hg_budget_take(l->budget, size, err);
    if (st != HG_OK)
        return st;
    if (!(l->ahead = malloc(size))) {
        l->budget->used -= size;
        return hg_fail_nomem(err);
    }
    for (unsigned i = 0; st == HG_OK && i < HG_LISTS; i++) {
        cursor *c = &l->cursors[i];
        *c = (cursor){ .at = { .list = i }, .ahead = l->ahead + i * AHEAD };
        st = read_ahead(l, c, err);
        if (st == HG_OK && c->n > 0) {
            l->heap[l->n_heap++] = i;
            rise_up(l);
        }
    }
    return st;
}

static bool are_there(const hg_lists *lists)
{
    for (unsigned i = 0; i < HG_LISTS; i++)
        if (hg_lists_count(lists, i) > 0)
            return true;
    return false;
}

static hg_status settle(hg_ledger *l, hg_team *team, bool lost, hg_err *err)
{
    hg_status st = hg_lists_new(&l->results, l->budget, err);
    if (st == HG_OK && are_there(l->entries))
        st = look_at_lists(l, team, lost, err);
    if (st == HG_OK && are_there(l->results))
        st = begin_results(l, err);
    return st;
}

hg_status hg_ledger_same(hg_ledger *l, hg_team *team, hg_err *err)
{
    return settle(l, team, false, err); /* runs that rise have no two of a kind */
}

hg_status hg_ledger_lost(hg_ledger *l, hg_team *team, hg_err *err)
{
    hg_status st = l->rising ? fall(l, err) : HG_OK;
    return st == HG_OK ? settle(l, team, true, err) : st;
}

hg_status hg_ledger_next(hg_ledger *l, uint64_t *row, uint64_t *first, hg_err *err)
{
    if (l->n_heap == 0)
        return HG_END;
    cursor *c = &l->cursors[l->heap[0]];
    *row = c->ahead[c->i].a;
    *first = c->ahead[c->i].b;
    hg_status st = HG_OK;
    if (++c->i == c->n)
        st = read_ahead(l, c, err);
    if (st == HG_OK && c->n == 0)
        l->heap[0] = l->heap[--l->n_heap];
    if (st == HG_OK)
        sink(l);
    return st;
}

/* ---- all of it ---- */

void hg_ledger_free(hg_ledger *l)
{
    if (!l)
        return;
    if (l->ahead)
        l->budget->used -= HG_LISTS * AHEAD * sizeof *l->ahead;
    drop_runs(l);
    hg_lists_free(l->entries);
    hg_lists_free(l->results);
    free(l->ahead);
    free(l);
}

hg_status hg_ledger_new(hg_ledger **out, hg_budget *budget, hg_err *err)
{
    hg_ledger *l = *out = calloc(1, sizeof *l);
    if (!l)
        return hg_fail_nomem(err);
    l->budget = budget;
    l->rising = true;
    hg_status st = hg_lists_new(&l->entries, budget, err);
    if (st == HG_OK)
        st = hg_journal_join(budget->journal, replay, l, &l->id, err);
    if (st != HG_OK) {
        hg_ledger_free(l);
        *out = NULL;
    }
    return st;
}
