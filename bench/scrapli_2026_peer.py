"""scrapli of the 2026 line (a native core behind Python): `ssh2` with threads."""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import scrapli
from scrapli import AuthOptions, Cli, SessionOptions
from scrapli.auth import LookupKeyValue
from scrapli.transport import Ssh2Options

import peer

PLATFORMS = {"cisco_ios": "cisco_iosxe"}


def in_exec_mode(name):
    """Its own definition waits for a password that EOS does not ask for where none is set; reading needs no privilege."""
    text = (Path(scrapli.__file__).parent / "definitions" / f"{name}.yaml").read_text()
    for key in ("default_mode", "requested_mode"):
        text = text.replace(f"{key}: 'privileged_exec'", f"{key}: 'exec'")
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", delete=False) as file:
        file.write(text)
    return file.name


def ask(job, device, definitions):
    connection = Cli(
        device["address"],
        port=device["port"],
        definition_file_or_name=definitions.get(device["platform"], device["platform"]),
        auth_options=AuthOptions(
            username=job["username"],
            password=job["password"],
            lookups=[LookupKeyValue("enable", job["enable"])],
        ),
        session_options=SessionOptions(operation_timeout_s=60),
        transport_options=Ssh2Options(),
    )
    with connection:
        return [connection.send_input(c).result for c in peer.COMMANDS[device["platform"]]]


def main():
    job = peer.job()
    definitions = {**PLATFORMS, "arista_eos": in_exec_mode("arista_eos")}
    tally = peer.Tally()
    with ThreadPoolExecutor(job["workers"]) as pool:
        for future in [pool.submit(ask, job, device, definitions) for device in job["devices"]]:
            try:
                tally.answered(future.result())
            except Exception as error:
                tally.failed(error)
    Path(definitions["arista_eos"]).unlink()
    tally.show()


main()
