"""scrapli of the 2025 line (pure Python): `ssh2` with threads, or `asyncssh` with one event loop."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor

from scrapli import AsyncScrapli, Scrapli

import peer

PLATFORMS = {"cisco_ios": "cisco_iosxe"}


def options(job, device, transport):
    return {
        "host": device["address"],
        "port": device["port"],
        "platform": PLATFORMS.get(device["platform"], device["platform"]),
        "auth_username": job["username"],
        "auth_password": job["password"],
        "auth_secondary": job["enable"],
        "auth_strict_key": False,
        "transport": transport,
        "timeout_socket": 60,
        "timeout_transport": 60,
    }


def threads(job, tally):
    def ask(device):
        with Scrapli(**options(job, device, "ssh2")) as connection:
            return [connection.send_command(c).result for c in peer.COMMANDS[device["platform"]]]

    with ThreadPoolExecutor(job["workers"]) as pool:
        for future in [pool.submit(ask, device) for device in job["devices"]]:
            try:
                tally.answered(future.result())
            except Exception as error:
                tally.failed(error)


async def loop(job, tally):
    room = asyncio.Semaphore(job["workers"])

    async def ask(device):
        async with room:
            try:
                async with AsyncScrapli(**options(job, device, "asyncssh")) as connection:
                    commands = peer.COMMANDS[device["platform"]]
                    tally.answered([(await connection.send_command(c)).result for c in commands])
            except Exception as error:
                tally.failed(error)

    await asyncio.gather(*(ask(device) for device in job["devices"]))


def main():
    job = peer.job()
    tally = peer.Tally()
    if sys.argv[1] == "asyncssh":
        asyncio.run(loop(job, tally))
    else:
        threads(job, tally)
    tally.show()


main()
