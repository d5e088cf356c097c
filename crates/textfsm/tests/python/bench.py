#!/usr/bin/env python3
"""Times the engine beside Python's textfsm, in one run, in CPU time.

    pip install -r bench/requirements-textfsm.txt
    cargo build --release -p textfsm --example textfsm_bench
    bench.py target/release/examples/textfsm_bench corpus CORPUS [PEER..]
    bench.py target/release/examples/textfsm_bench cold   CORPUS [PEER..]
    bench.py target/release/examples/textfsm_bench tables MEGABYTES [PEER..]

A PEER is a program that takes the same arguments as the first and prints the same figures; the two Rust
crates we compare with are in `benches/peers`. `cold` compiles all templates of the release, and is about its
figure `cold`. Prints a JSON object for each set of cases: our figures in nanoseconds, and how many times as long
the others take. `cargo xtask bench textfsm` runs it.
"""

import functools
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import ntc_templates
import textfsm
from textfsm import clitable

import tables

TEMPLATES = pathlib.Path(ntc_templates.__file__).parent / "templates"


def corpus(folder):
    table = clitable.CliTable("index", str(TEMPLATES))
    for raw in sorted(pathlib.Path(folder).glob("*/*/*.raw")):
        platform, command = raw.parts[-3], raw.parts[-2].replace("_", " ")
        if (platform, command) == ("cisco_s300", "show vlan"):
            continue  # Python backtracks on two of these for seconds.
        row = table.index.GetRowMatch({"Platform": platform, "Command": command})
        for name in table.index.index[row]["Template"].split(":"):
            yield name, raw.read_text(encoding="utf-8")


def python(cases, rounds):
    start = time.thread_time_ns()
    compiled = {}
    for template, text in cases:
        if template not in compiled:
            compiled[template] = textfsm.TextFSM(io.StringIO(template))
        parse(compiled[template], text)
    cold, warm = time.thread_time_ns() - start, None
    for _ in range(rounds):
        start = time.thread_time_ns()
        for template, text in cases:
            parse(compiled[template], text)
        spent = time.thread_time_ns() - start
        warm = min(warm or spent, spent)
    return {"cold": cold, "warm": warm or cold}


def parse(fsm, text):
    fsm.Reset()
    try:
        fsm.ParseText(text)
    except textfsm.TextFSMError:
        pass


def run(program, cases, rounds):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as file:
        for template, text in cases:
            file.write(json.dumps({"template": template, "text": text}) + "\n")
    try:
        out = subprocess.run([program, file.name, str(rounds)], capture_output=True, text=True, check=True)
        return json.loads(out.stdout.splitlines()[-1])  # A peer may print more.
    finally:
        os.unlink(file.name)


def sets(mode, argument):
    source = functools.cache(lambda name: (TEMPLATES / name).read_text(encoding="utf-8"))
    if mode == "tables":
        for name, text in tables.make(int(argument)):
            yield name.removesuffix(".textfsm"), [(source(name), text)]
        return
    cases = [(source(name), text) for name, text in corpus(argument)]
    if mode == "cold":
        cases = [(source(path.name), "") for path in sorted(TEMPLATES.glob("*.textfsm"))] + cases
    yield mode, cases


def main():
    program, mode, argument, *peers = sys.argv[1:]
    rounds = 5 if mode == "corpus" else 1
    # One round of Python over the others takes long enough.
    rounds_of_python = rounds if mode == "corpus" else 0
    for title, cases in sets(mode, argument):
        ours = run(program, cases, rounds)
        others = {"python": python(cases, rounds_of_python)}
        others |= {pathlib.Path(peer).name: run(peer, cases, rounds) for peer in peers}
        times = {name: {figure: other[figure] / ours[figure] for figure in ("cold", "warm")} for name, other in others.items()}
        print(json.dumps({"set": title, "ours": ours, "times_as_long": times}), flush=True)


if __name__ == "__main__":
    main()
