#!/usr/bin/env python3
"""Times the engine beside Python's textfsm, in one run, and prints ratios of CPU time.

    pip install ntc-templates==9.3.0 textfsm==2.1.0
    cargo build --release -p textfsm --example textfsm_bench
    bench.py target/release/examples/textfsm_bench corpus CORPUS [PEER..]
    bench.py target/release/examples/textfsm_bench tables MEGABYTES [PEER..]

A PEER is a program that takes the same arguments as the first and prints the same figures; the two Rust
crates we compare with are in `benches/peers`.
"""

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
    return {"cold": cold, "warm": warm}


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


def show(title, ours, others):
    print(f"{title}: ours cold {ours['cold'] / 1e6:.1f} ms, warm {ours['warm'] / 1e6:.2f} ms "
          f"({ours['bytes'] / ours['warm'] * 1e3:.0f} MB/s), slowest {ours['slowest'] / 1e6:.2f} ms")
    for name, other in others.items():
        print(f"  {name}: cold {other['cold'] / ours['cold']:.1f}x, warm {other['warm'] / ours['warm']:.1f}x")


def main():
    program, mode, argument, *peers = sys.argv[1:]
    sets = {}
    if mode == "corpus":
        sources = {}
        for name, text in corpus(argument):
            sources.setdefault(name, (TEMPLATES / name).read_text(encoding="utf-8"))
            sets.setdefault("corpus", []).append((sources[name], text))
    else:
        for name, text in tables.make(int(argument)):
            sets[name] = [((TEMPLATES / name).read_text(encoding="utf-8"), text)]
    for title, cases in sets.items():
        rounds = 5 if mode == "corpus" else 1
        others = {"python": python(cases, rounds)}
        others |= {pathlib.Path(peer).name: run(peer, cases, rounds) for peer in peers}
        show(title, run(program, cases, rounds), others)


if __name__ == "__main__":
    main()
