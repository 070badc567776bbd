"""failing.py LIBRARY TRIES COMMAND... - run a command again and again, another call failing each time (tests/fault/failing.c):
memory that is not given, once or from then on, reads and writes that fail. Each run gives the same output, or status 4 and a
message. Where the command ends with "-" it reads from a pipe what this program is given."""
import os, subprocess, sys, tempfile


def run(command, given, library, kind, at, count=None):
    env = dict(os.environ, LD_PRELOAD=library, FAILING=kind, FAILING_AT=str(at), **({"FAILING_COUNT": count} if count else {}))
    p = subprocess.run(command, env=env, input=given, capture_output=True, timeout=60)
    return p.returncode, p.stdout, p.stderr


def main():
    library, tries, command = os.path.abspath(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    given = sys.stdin.buffer.read() if command[-1] == "-" else b""
    bad = 0
    for kind in ("memory", "memory-on", "io"):
        with tempfile.NamedTemporaryFile() as f:
            right = run(command, given, library, kind, 0, f.name)
            total = sum(map(int, open(f.name).read().split()))
        assert right[0] == 0 and total > 5, (right, total)
        step = max(1, total // tries)
        for at in range(1, total + 1, step):
            status, out, err = run(command, given, library, kind, at)
            if not (status == 0 and out == right[1]) and not (status == 4 and err):
                bad += 1
                print(f"{kind} {at} of {total}: status {status}, {err[:200]!r}", file=sys.stderr)
    sys.exit(bad > 0)


main()
