"""Reads every output of a lab with ntc-templates and compares the rows with the truth.

    pip install ntc-templates==9.3.0
    cargo run -p lab --example lab -- --devices 200 --seed 1 --dump /tmp/dump
    python crates/lab/tests/ntc.py /tmp/dump

Prints one line for each kind of difference and ends with 1 when there is any. Templates do not
exist for configurations, nor for Junos `show route` and `show lldp neighbors detail`.
"""

import collections
import json
import pathlib
import re
import sys

from ntc_templates.parse import parse_output

UNREAD = {"show running-config", "show configuration", "show route", "show hostname", "show ip arp vrf all",
          "show ip route vrf all", "show ip ospf neighbor", "show ip bgp summary"}
LONG = [("TwentyFiveGigE", "Twe"), ("TenGigabitEthernet", "Te"), ("GigabitEthernet", "Gi"), ("Ethernet", "Eth"),
        ("Ethernet", "Et"), ("Vlan", "Vl"), ("Loopback", "Lo")]

wrong, example = collections.Counter(), {}


def mac(text):
    digits = re.sub("[^0-9a-fA-F]", "", text).lower()
    return ":".join(digits[i:i + 2] for i in range(0, 12, 2))


def port(name, platform):
    if platform == "juniper_junos" or not name or any(name.startswith(long) for long, _ in LONG):
        return name
    if platform == "cisco_nxos" and name.startswith("Lo"):
        return "loopback" + name[2:]
    for long, short in LONG:
        if name.startswith(short) and name[len(short):len(short) + 1].isdigit():
            return long + name[len(short):]
    return name


def same(kind, device, got, want):
    got, want = collections.Counter(got), collections.Counter(want)
    if got != want:
        wrong[kind] += 1
        example.setdefault(kind, f"{device}: extra {list((got - want))[:3]} missing {list((want - got))[:3]}")


def version(platform, rows, d):
    r = rows[0]
    if platform == "juniper_junos":
        return (r["hostname"], r["model"], r["junos_version"]), (d["hostname"], d["model"], d["os_version"])
    if platform == "arista_eos":
        return (r["model"], r["serial_number"], r["image"], mac(r["sys_mac"])), \
            (d["model"], d["serials"][0], d["os_version"], d["chassis_mac"])
    if platform == "cisco_nxos":
        return (r["hostname"], r["platform"], r["serial"], r["os"]), \
            (d["hostname"], d["model"], d["serials"][0], d["os_version"])
    return (r["hostname"], r["hardware"][0], r["version"], *r["serial"]), \
        (d["hostname"], d["model"], d["os_version"], *d["serials"])


def inventory(platform, rows, want):
    serial = lambda r: "" if r["sn"] == "N/A" else r["sn"]
    if platform == "arista_eos":
        return [(r["pid"], serial(r)) for r in rows if r["pid"] or r["sn"]], \
            [(c["part_id"], c["serial"] or "") for c in want]
    return [(r["name"], r["pid"].strip(), serial(r)) for r in rows], \
        [(c["name"], c["part_id"], c["serial"] or "") for c in want]


def macs(platform, rows, want):
    got = []
    for r in rows:
        out = r.get("destination_port") or r.get("ports") or r.get("logical_interface")
        out = out[0] if isinstance(out, list) else out
        vlan = "" if r["vlan_id"] in ("All", "-") else r["vlan_id"]
        got.append((vlan, mac(r.get("destination_address") or r["mac_address"]), port(out, platform)))
    return got, [(str(m["vlan"] or ""), m["mac"], m["interface"]) for m in want]


def routes(platform, rows, want):
    got = []
    for r in rows:
        prefix = f"{r['network']}/{r['prefix_length']}"
        if platform == "arista_eos":
            hops = zip(r["next_hop"], r["interface"])
            got += [(prefix, "" if hop == "connected" else hop, out) for hop, out in hops]
        else:
            got.append((prefix, r["nexthop_ip"], port(r["nexthop_if"], platform)))
    return got, [(a["prefix"], a["next_hop"] or "", a["interface"] or "") for a in want]


def interfaces(platform, rows, want):
    if platform == "juniper_junos":
        return [(r["interface"], r["description"]) for r in rows], [(a["name"], a["description"] or "") for a in want]
    length = lambda r: "" if platform == "arista_eos" or not r["ip_address"] else "/" + r["prefix_length"]
    address = lambda r: r["mac_address"] and mac(r["mac_address"])
    return [(r["interface"], r["description"], r["ip_address"] + length(r), address(r)) for r in rows], \
        [(a["name"], a["description"] or "", a["address"] or "", a["mac"] or "") for a in want]


def neighbors(platform, command, rows, want):
    brief = command == "show lldp neighbors"
    name = lambda text: text.replace(".lab.example", "").split("(")[0]
    address = lambda r: "" if brief or r["mgmt_address"] == "not advertised" else r["mgmt_address"]
    protocol = "cdp" if "cdp" in command else "lldp"
    return [(port(r["local_interface"], platform), name(r["neighbor_name"]), address(r)) for r in rows], \
        [(a["port"], a["neighbor"], "" if brief else a["address"] or "") for a in want if a["protocol"] == protocol]


def check(truth, platform, device, command, text):
    mine = lambda table: [row for row in truth[table][device]]
    kind = (platform, command)
    try:
        rows = parse_output(platform=platform, command=command, data=text)
    except Exception as error:  # whatever a template or its absence raises is a finding
        wrong[kind] += 1
        example.setdefault(kind, f"{device}: {str(error)[-200:]}")
        return
    if command == "show version":
        got, want = version(platform, rows, truth["devices"][device])
        same(kind, device, [got], [want])
    elif command == "show inventory":
        same(kind, device, *inventory(platform, rows, mine("components")))
    elif "arp" in command:
        got = [(r["ip_address"], mac(r["mac_address"]), r["interface"].split(",")[0]) for r in rows]
        same(kind, device, got, [(a["ip"], a["mac"], a["interface"]) for a in mine("arp")])
    elif "mac" in command or "switching" in command:
        same(kind, device, *macs(platform, rows, mine("mac")))
    elif command == "show ip route":
        same(kind, device, *routes(platform, rows, mine("routes")))
    elif command in ("show interfaces", "show interface"):
        same(kind, device, *interfaces(platform, rows, mine("interfaces")))
    elif "neighbors" in command:
        same(kind, device, *neighbors(platform, command, rows, mine("neighbors")))


def main(folder):
    raw = json.loads((folder / "truth.json").read_text())
    truth = {"devices": {d["name"]: d for d in raw["devices"]}}
    for table in ("arp", "mac", "routes", "interfaces", "components", "neighbors"):
        truth[table] = collections.defaultdict(list)
        for row in raw[table]:
            truth[table][row["device"]].append(row)
    outputs = 0
    for path in sorted(folder.glob("*/*/*.txt")):
        platform, device, command = path.parts[-3], path.parts[-2], path.stem.replace("_", " ")
        text = path.read_text()
        off = text.startswith(("%", "ERROR")) or "Invalid command" in text[:80]
        untemplated = platform == "juniper_junos" and command == "show lldp neighbors detail"
        alias = command == "show arp"
        if command not in UNREAD and not off and not untemplated and not alias:
            outputs += 1
            check(truth, platform, device, command, text)
    for kind, count in sorted(wrong.items()):
        print(*kind, count, example[kind])
    print(f"{outputs} outputs read, {sum(wrong.values())} differ from the truth")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
