/* count - the cells of a CSV as libcsv's callbacks give them: the peer whose speed is known best */
#include <csv.h>
#include <stdio.h>

static size_t cells;

static void cell(void *text, size_t n, void *user)
{
    (void)text;
    (void)n;
    (void)user;
    cells++;
}

static void row(int c, void *user)
{
    (void)c;
    (void)user;
}

int main(int argc, char *argv[])
{
    static char bytes[256 << 10];
    struct csv_parser parser;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file || csv_init(&parser, 0) != 0)
        return 2;
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;)
        if (csv_parse(&parser, bytes, n, cell, row, NULL) != n)
            return 1;
    csv_fini(&parser, cell, row, NULL);
    csv_free(&parser);
    return printf("%zu\n", cells) < 0;
}
