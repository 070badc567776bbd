"""damage.py STREAM FOLDER - copies of a stream, each with one thing changed: FOLDER/rows, head, origin, finding, seal; and
FOLDER/digest, where the seal, which is right in itself, says another digest of the rows."""
import hashlib, pathlib, re, sys

stream, folder = pathlib.Path(sys.argv[1]).read_bytes(), pathlib.Path(sys.argv[2])


def save(name, old, new, within=None):
    start = stream.rindex(within) if within else 0
    at = stream.index(old, start)
    assert len(old) == len(new)
    (folder / name).write_bytes(stream[:at] + new + stream[at + len(old):])


save("rows", b"\n60001,", b"\n60002,")
save("head", b"stage", b"stages"[1:])
save("origin", b"HG.row=2\n", b"HG.row=3\n")
save("finding", b"delimiter-error", b"delimiter-Error")
save("seal", b'"rows": ', b'"Rows": ', within=b'"$schema"')

start = stream.rindex(b'{\n  "$schema"')
seal = stream[start:stream.index(b"\0", start)]
was = hashlib.sha256(seal).hexdigest().encode()
assert was in stream
other = re.sub(rb'"hash": "sha256:.', lambda m: m[0][:-1] + (b"0" if m[0][-1:] != b"0" else b"1"), seal)
(folder / "digest").write_bytes(stream.replace(was, hashlib.sha256(other).hexdigest().encode()).replace(seal, other))
