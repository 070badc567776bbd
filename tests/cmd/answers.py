"""What answers the questions of settle in lib.sh: its first word is what is asked, by the name of a function, the others
are the arguments; it is answered with yes where the function returns."""
import sys


def answer(functions):
    question = []
    for word in sys.stdin.buffer.read().decode().split("\0")[:-1]:
        if word:
            question.append(word)
            continue
        sentence, name, *arguments = question
        question = []
        try:
            functions[name](*arguments)
            print("yes", flush=True)
        except (Exception, SystemExit) as why:
            print(" ".join(f"{sentence}: {type(why).__name__} {why}".split())[:2000], flush=True)
