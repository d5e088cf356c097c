"""What all peers share: the same five questions, the same way in, the same measure.

A script reads one JSON line from standard input (accounts are never arguments and never in the environment), visits
the devices and prints one JSON line. Time and CPU count from the first connection: starting Python is not a peer's fault.
"""

import json
import resource
import sys
import time

COMMANDS = {
    "cisco_ios": ["show version", "show ip arp", "show mac address-table", "show interfaces", "show ip route"],
    "cisco_nxos": [
        "show version",
        "show ip arp detail vrf all",
        "show mac address-table",
        "show interface",
        "show ip route vrf all",
    ],
    "arista_eos": [
        "show version",
        "show ip arp vrf all",
        "show mac address-table",
        "show interfaces",
        "show ip route vrf all",
    ],
    "juniper_junos": [
        "show version",
        "show arp no-resolve",
        "show ethernet-switching table",
        "show interfaces",
        "show route",
    ],
}


def job():
    """The work to do: `username`, `password`, `enable`, `workers` and `devices`."""
    return json.loads(sys.stdin.readline())


class Tally:
    """Answers as they come. A device counts when all five of its answers have text in them."""

    def __init__(self):
        self.began, self.cpu = time.monotonic(), cpu()
        self.done = self.bytes = 0
        self.failures = []

    def answered(self, answers):
        if len(answers) == 5 and all(answer.strip() for answer in answers):
            self.done += 1
            self.bytes += sum(len(answer) for answer in answers)
        else:
            self.failed("an answer is empty")

    def failed(self, error):
        words = str(error).split()
        self.failures.append(f"{type(error).__name__}: {' '.join(words)[:120]}")

    def show(self):
        report = {
            "devices": self.done,
            "failed": len(self.failures),
            "bytes": self.bytes,
            "seconds": time.monotonic() - self.began,
            "cpu_seconds": cpu() - self.cpu,
            "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "first_failure": self.failures[0] if self.failures else None,
        }
        print(json.dumps(report))


def cpu():
    """CPU seconds of this process and of those that it has started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)
