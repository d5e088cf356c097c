"""Large tables, made to measure: the lines of one command, many times over, all different."""


def mac(n):
    digits = f"{n * 2654435761 & 0xFFFFFFFFFFFF:012x}"
    return ".".join(digits[i:i + 4] for i in (0, 4, 8))


def mac_table(n):
    return f"{n % 4000 + 1:4}    {mac(n)}    DYNAMIC     Gi{n % 8 + 1}/0/{n % 48 + 1}\n"


def route(n):
    return (f"O        10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}/32 [110/{n % 90 + 2}] via 192.0.2.{n % 254 + 1}, "
            f"{n % 24:02}:{n % 60:02}:{n % 59:02}, GigabitEthernet0/{n % 48}\n")


def interface(n):
    return f"""GigabitEthernet1/{n % 9000}/{n % 48} is up, line protocol is up (connected)
  Hardware is Gigabit Ethernet, address is {mac(n)} (bia {mac(n)})
  Description: link {n} to the core
  Internet address is 10.{n % 200}.{n % 250}.1/24
  MTU 1500 bytes, BW 1000000 Kbit/sec, DLY 10 usec,
     reliability 255/255, txload 1/255, rxload 1/255
  Encapsulation ARPA, loopback not set
  Keepalive set (10 sec)
  Full-duplex, 1000Mb/s, media type is 10/100/1000BaseTX
  input flow-control is off, output flow-control is unsupported
  ARP type: ARPA, ARP Timeout 04:00:00
  Last input 00:00:0{n % 10}, output 00:00:01, output hang never
  Last clearing of "show interface" counters never
  Input queue: 0/75/0/0 (size/max/drops/flushes); Total output drops: 0
  Queueing strategy: fifo
  Output queue: 0/40 (size/max)
  5 minute input rate {n} bits/sec, 1 packets/sec
  5 minute output rate 1000 bits/sec, 1 packets/sec
     {n * 3} packets input, {n * 100} bytes, 0 no buffer
     Received 1 broadcasts (0 multicasts)
     0 runts, 0 giants, 0 throttles
     0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored
     {n * 7} packets output, {n * 50} bytes, 0 underruns
     0 output errors, 0 collisions, 1 interface resets
     0 output buffer failures, 0 output buffers swapped out
"""


def neighbor(n):
    return f"""-------------------------
Device ID: switch{n}.example.net
Entry address(es):
  IP address: 10.{n % 200}.{n % 250}.2
Platform: cisco WS-C3850-48P,  Capabilities: Router Switch IGMP
Interface: GigabitEthernet1/0/{n % 48},  Port ID (outgoing port): GigabitEthernet0/{n % 24}
Holdtime : {n % 180} sec

Version :
Cisco IOS Software, IOS-XE Software, Catalyst L3 Switch Software (CAT3K_CAA-UNIVERSALK9-M), Version 03.07.04E RELEASE SOFTWARE (fc1)

advertisement version: 2
VTP Management Domain: 'lab'
Native VLAN: {n % 4000}
Duplex: full
Management address(es):
  IP address: 10.{n % 200}.{n % 250}.2

"""


TABLES = [
    ("cisco_ios_show_mac-address-table.textfsm", "          Mac Address Table\n-------------------------------------------\n\n"
     "Vlan    Mac Address       Type        Ports\n----    -----------       --------    -----\n", mac_table),
    ("cisco_ios_show_ip_route.textfsm", "Gateway of last resort is not set\n\n", route),
    ("cisco_ios_show_interfaces.textfsm", "", interface),
    ("cisco_ios_show_cdp_neighbors_detail.textfsm", "", neighbor),
]


def make(megabytes):
    for name, head, line in TABLES:
        parts, size, n = [head], len(head), 0
        while size < megabytes << 20:
            parts.append(line(n))
            size += len(parts[-1])
            n += 1
        yield name, "".join(parts)
