# A page shows what a recipe takes each cell for, and where it does not fit.
. tests/cmd/lib.sh

python=${PYTHON:-/usr/bin/python3}
page=$tmp/page.html
# cells CLASS NUMBER - the page has so many cells of a class
cells() { [ "$($python tests/cmd/preview.py "$page" | sed -n "s/^$1 //p")" = "$2" ]; }

xlsx=datasets/dan-so/dan-so.xlsx
expect 0 "a report that the recipe fits gives a page" hg-extract --preview "$page" -d datasets/dan-so $xlsx
check "and no rows" test ! -s "$out"
values=$(($(hg-extract -d datasets/dan-so -O csv $xlsx | wc -l) - 1))
check "each value of the table is one on the page" cells r7 $values
check "no cell is without a place" cells r0 ""
check "what is not English is translated" sh -c "hg-extract --lang vi --preview '$tmp/vi.html' -d datasets/dan-so $xlsx && grep -q 'lang=\"vi\"' '$tmp/vi.html' && grep -q 'số liệu: ' '$tmp/vi.html'"
check "the same report gives the same page" sh -c "hg-extract --preview '$tmp/again.html' -d datasets/dan-so $xlsx && cmp '$page' '$tmp/again.html'"

# a report that the recipe does not fit
mkdir "$tmp/codes"
sed '/^U,/d' datasets/dan-so/codes/khu-vuc.csv >"$tmp/codes/khu-vuc.csv"
cp datasets/dan-so/codes/gioi-tinh.csv datasets/dan-so/codes/don-vi.csv "$tmp/codes/"
cp datasets/dan-so/recipe.json "$tmp/"
expect 2 "a recipe that does not fit is told" hg-extract --preview "$page" -r "$tmp/recipe.json" $xlsx
check "and gives a page all the same, on which the cell is marked" cells here 1
check "with the reason" grep -q 'E5: the recipe does not know the heading' "$page"

# texts of other people are data
printf 'Năm,<b>Nam</b>\n2015,<script>alert(1)</script>\n' >"$tmp/hostile.csv"
hg-extract --preview "$page" -d datasets/dan-so "$tmp/hostile.csv" 2>/dev/null
check "texts with markup are shown as they are" sh -c "! grep -q '<script\|<b>' '$page' && grep -q '&lt;script&gt;' '$page'"
expect 4 "a page that cannot be written is told" hg-extract --preview /nowhere/page.html -d datasets/dan-so $xlsx
expect 2 "without a recipe there is nothing to show" hg-extract --preview "$page" $xlsx
finish
