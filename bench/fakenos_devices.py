"""Devices of FakeNOS, a simulator that is not ours: one for each platform named, each on an address and a free port of its own.

Prints `platform address:port` for each and stays until its standard input ends.
"""

import socket
import sys

from fakenos import FakeNOS


def free_port(address):
    with socket.socket() as probe:
        probe.bind((address, 0))
        return probe.getsockname()[1]


def host(address, platform):
    server = {"plugin": "ParamikoSshServer", "configuration": {"address": address, "timeout": 1}}
    return {"platform": platform, "port": free_port(address), "username": "ops", "password": "lab-only", "server": server}


def main():
    block, *platforms = sys.argv[1:]
    addresses = {platform: f"{block}.{n}" for n, platform in enumerate(platforms, 1)}
    hosts = {f"sim-{platform.replace('_', '-')}": host(address, platform) for platform, address in addresses.items()}
    net = FakeNOS(inventory={"hosts": hosts})
    net.start()
    for device in hosts.values():
        print(device["platform"], f"{addresses[device['platform']]}:{device['port']}", flush=True)
    sys.stdin.read()
    net.stop()


main()
