"""locked.py FOLDER - old workbooks that are encrypted by RC4 or XOR ([MS-OFFCRYPTO] 2.3.5 to 2.3.7; [MS-XLS] 2.2.10): default-*.xls with
the password that Excel gives a workbook of which only the structure is protected, other-*.xls with one of a person's own; and
plain.xls, the same in the clear."""
import hashlib, pathlib, struct, sys

import biff

SALT, VERIFIER = bytes(range(16)), bytes(range(100, 116))
IN_THE_CLEAR = (0x809, 0x2F, 0xE1, 0x194, 0x195, 0x138)


def rc4(key, n):
    s, j = list(range(256)), 0
    for i in range(256):
        j = (j + s[i] + key[i % len(key)]) & 255
        s[i], s[j] = s[j], s[i]
    i = j = 0
    out = bytearray()
    for _ in range(n):
        i = (i + 1) & 255
        j = (j + s[i]) & 255
        s[i], s[j] = s[j], s[i]
        out.append(s[(s[i] + s[j]) & 255])
    return bytes(out)


def mix(data, stream):
    return bytes(a ^ b for a, b in zip(data, stream))


class Method:
    def __init__(self, name, password):
        self.name, secret = name, password.encode("utf-16le")
        if name == "md5":
            self.start = hashlib.md5((hashlib.md5(secret).digest()[:5] + SALT) * 16).digest()[:5]
        else:
            self.start = hashlib.sha1(SALT + secret).digest()

    def hide(self, data, at, size):
        """Some of a record's data, of size bytes, that stand at a place in the stream."""
        keys = b"".join(self.stream(block) for block in range(at // 1024, (at + len(data)) // 1024 + 1))
        return mix(data, keys[at % 1024:])

    def stream(self, block, n=1024):
        number = struct.pack("<I", block)
        if self.name == "md5":
            return rc4(hashlib.md5(self.start + number).digest(), n)
        key = hashlib.sha1(self.start + number).digest()
        return rc4(key[:16] if self.name == "sha1-128" else key[:5] + bytes(11), n)

    def record(self):
        hash_ = hashlib.md5 if self.name == "md5" else hashlib.sha1
        check = mix(VERIFIER + hash_(VERIFIER).digest(), self.stream(0, 36))
        if self.name == "md5":
            return biff.record(0x2F, struct.pack("<HHH", 1, 1, 1) + SALT + check)
        provider = "Microsoft Base Cryptographic Provider v1.0\0".encode("utf-16le")
        head = struct.pack("<IIIIIIII", 4, 0, 0x6801, 0x8004, 128 if self.name == "sha1-128" else 0, 1, 0, 0) + provider
        return biff.record(0x2F, struct.pack("<HHHII", 1, 2, 2, 4, len(head)) + head
                           + struct.pack("<I", 16) + SALT + check[:16] + struct.pack("<I", 20) + check[16:])


class Xor:
    """The key, the verifier and the bytes are those that msoffcrypto-tool makes of the password of all."""
    BYTES = bytes.fromhex("876b9ae21ee305621e699660986e9404")

    def __init__(self, version, known):
        self.version, self.known = version, known

    def hide(self, data, at, size):
        return mix(bytes((b << 5 | b >> 3) & 255 for b in data), bytes(self.BYTES[(at + size + i) % 16] for i in range(len(data))))

    def record(self):
        said = struct.pack("<HH", *((0xB359, 0x9A0A) if self.known else (0xB359, 0x9A0B)))
        return biff.record(0x2F, said if self.version == 0x500 else bytes(2) + said)


def encrypt(stream, method):
    out, at, locked = bytearray(), 0, False
    while at < len(stream):
        kind, n = struct.unpack_from("<HH", stream, at)
        data, clear = stream[at + 4:at + 4 + n], 4 if kind == 0x85 else 0
        if locked and kind not in IN_THE_CLEAR:
            data = data[:clear] + method.hide(data[clear:], at + 4 + clear, n)
        out += stream[at:at + 4] + data
        locked = locked or kind == 0x2F
        at += 4 + n
    return bytes(out)


def main():
    folder = pathlib.Path(sys.argv[1])
    texts = [f"Phường số {i}, " + "dài " * (i % 40) for i in range(60)]
    cells = b"".join(biff.shared(i, 0, i) + biff.n(i, 1, i * 1.5) + biff.record(0x204, biff.at(i, 2) + biff.wide(f"ghi chú {i}")) for i in range(60))
    table = biff.sst(len(texts), b"".join(biff.wide(t) for t in texts))
    (folder / "plain.xls").write_bytes(biff.compound({"Workbook": biff.book(cells, after=table)}))
    for name in ("md5", "sha1-40", "sha1-128"):
        for kind, password in (("default", "VelvetSweatshop"), ("other", "mật khẩu")):
            method = Method(name, password)
            stream = encrypt(biff.book(cells, before=method.record(), after=table), method)
            (folder / f"{kind}-{name}.xls").write_bytes(biff.compound({"Workbook": stream}))
    for kind, known in (("default", True), ("other", False)):
        method = Xor(0x600, known)
        (folder / f"{kind}-xor.xls").write_bytes(biff.compound({"Workbook": encrypt(biff.book(cells, before=method.record(), after=table), method)}))
        method = Xor(0x500, known)
        old = biff.n(0, 0, 1.5) + biff.label(0, 1, biff.counted(b"H\xe0 N\xf4i", "H"))
        (folder / f"{kind}-xor-95.xls").write_bytes(biff.compound({"Book": encrypt(biff.book(old, before=method.record(), version=0x500), method)}))


main()
