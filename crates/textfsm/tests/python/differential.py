#!/usr/bin/env python3
"""Compares the engine with Python's textfsm, the reference.

    pip install -r bench/requirements-textfsm.txt
    cargo build --release -p textfsm --example textfsm_rows
    differential.py target/release/examples/textfsm_rows corpus  TEMPLATES CORPUS
    differential.py target/release/examples/textfsm_rows foreign TEMPLATES CORPUS COUNT SEED
    differential.py target/release/examples/textfsm_rows made    COUNT SEED

`corpus` takes each text with the templates of its own platform, `foreign` random pairs of any template
and any text, `made` templates and texts that are generated. Prints the cases that differ; exit code 1 when
there is one. A pair on which Python needs more than five seconds is left out and counted.
"""

import io
import json
import pathlib
import random
import signal
import subprocess
import sys

import textfsm

import made


class Slow(Exception):
    pass


def alarm(*_):
    raise Slow()


def python(template, text):
    try:
        fsm = textfsm.TextFSM(io.StringIO(template))
    except textfsm.TextFSMTemplateError as error:
        return {"template_error": str(error)}
    except Slow:
        raise
    except Exception as error:  # Python's own crash on a bad template is a refusal too.
        return {"template_error": repr(error)}
    try:
        rows = fsm.ParseText(text)
    except textfsm.TextFSMError as error:
        return {"parse_error": str(error)}
    return {"fields": fsm.header, "rows": rows}


def same(a, b):
    for kind in ("template_error", "parse_error"):
        if kind in a or kind in b:
            return kind in a and kind in b
    return a == b


def pairs(mode, arguments):
    if mode == "made":
        yield from made.cases(int(arguments[0]), int(arguments[1]))
        return
    folder = pathlib.Path(arguments[0])
    templates = sorted(folder.glob("*.textfsm"))
    texts = sorted(pathlib.Path(arguments[1]).glob("*/*/*.raw"))
    if mode == "corpus":
        for text in texts:
            start = text.parts[-3] + "_" + text.parts[-2].replace("/", "_")
            for template in templates:
                if template.name.startswith(start):
                    yield read(template), read(text), f"{template.name} {text.name}"
    else:
        chance = random.Random(int(arguments[3]))
        for _ in range(int(arguments[2])):
            template, text = chance.choice(templates), chance.choice(texts)
            yield read(template), read(text), f"{template.name} {text.name}"


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def main():
    binary, mode, *arguments = sys.argv[1:]
    signal.signal(signal.SIGALRM, alarm)
    cases, expected, slow = [], [], 0
    for template, text, name in pairs(mode, arguments):
        signal.alarm(5)
        try:
            expected.append(python(template, text))
            cases.append((template, text, name))
        except Slow:
            slow += 1
        except TypeError:
            slow += 1  # A list with inner groups whose own group took no part: Python stops with a TypeError.
        finally:
            signal.alarm(0)
    lines = "".join(json.dumps({"template": t, "text": x}) + "\n" for t, x, _ in cases)
    out = subprocess.run([binary], input=lines, text=True, capture_output=True, check=True).stdout.split("\n")
    wrong = 0
    for (template, text, name), theirs, ours in zip(cases, expected, out):
        ours = json.loads(ours)
        if not same(theirs, ours):
            wrong += 1
            if wrong <= 20:
                print(f"--- {name}\n{template if mode == 'made' else ''}\n{text[:300]!r}\npython {str(theirs)[:1500]}\nours   {str(ours)[:1500]}")
    kinds = {kind: sum(kind in e for e in expected) for kind in ("rows", "template_error", "parse_error")}
    print(json.dumps({"cases": len(cases), "differ": wrong, "left_out": slow, "python": kinds}))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
