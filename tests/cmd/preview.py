"""preview.py FILE.html - the cells of each class on a page of hg-extract --preview, a line a class."""
import collections, html.parser, sys

VOID = {'meta', 'br', 'link'}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.classes = [], collections.Counter()

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append(tag)
        if tag == 'td':
            for name in (dict(attributes).get('class') or '').split():
                self.classes[name] += 1

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag


page = Page()
page.feed(open(sys.argv[1], encoding='utf-8').read())
assert not page.open
for name, n in sorted(page.classes.items()):
    print(name, n)
