"""send.py TEXT FORM CHANGE - extract a text as FORM to a pipe, and change the file once the first bytes came: the command
has been all through it by then. Leaves what came in OUT, the fourth argument, and exits with the command's status."""
import os, subprocess, sys

text, form, change, out = sys.argv[1:]
command = subprocess.Popen(["hg-extract", "-O", form, text], stdout=subprocess.PIPE, bufsize=0)
came = command.stdout.read(512)
with open(text, "r+b") as file:
    if change == "cut":
        file.truncate(os.path.getsize(text) // 2)
    elif change == "longer":
        file.seek(0, 2)
        file.write(b"1,2,3\n")
    elif change == "other":
        file.seek(-3, 2)
        file.write(b"x")
with open(out, "wb") as to:
    while came:
        to.write(came)
        came = command.stdout.read(1 << 20)
sys.exit(command.wait())
